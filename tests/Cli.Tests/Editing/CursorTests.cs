using Confgen.Cli.Editing.Cursors;
using Confgen.Cli.Tests.World;
using YamlDotNet.RepresentationModel;

namespace Confgen.Cli.Tests.Editing;

/// <summary>
/// The cursor is found by columns, in texts that need not be readable; so in every example it must find what YAML's own reader finds, in
/// the whole text and in the text up to the cursor.
/// </summary>
public sealed class CursorTests
{
    public static TheoryData<string> Specs =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "examples"), "confgen.yaml", SearchOption.AllDirectories)
                .Concat(
                    Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/snapshots"), "spec.yaml", SearchOption.AllDirectories)
                )
                .Select(f => Path.GetRelativePath(Repository.Root, f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_key_and_value_is_found_where_it_stands(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        string[] lines = text.Split('\n');
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var wrong = new List<string>();
        Visit(stream.Documents[0].RootNode, []);
        Assert.Empty(wrong);

        void Visit(YamlNode node, string?[] path)
        {
            switch (node)
            {
                case YamlSequenceNode list:
                    foreach (YamlNode item in list.Children)
                    {
                        Visit(item, [.. path, null]);
                    }

                    break;
                case YamlMappingNode map:
                    foreach ((YamlNode key, YamlNode value) in map.Children)
                    {
                        string name = ((YamlScalarNode)key).Value!;
                        Expect(key, path, null);
                        if (value is YamlScalarNode && value.Start.Line == key.Start.Line)
                        {
                            Expect(value, [.. path, name], name);
                        }

                        Visit(value, [.. path, name]);
                    }

                    break;
                default:
                    break;
            }
        }

        void Expect(YamlNode node, string?[] path, string? key)
        {
            (int line, int column) = ((int)node.Start.Line - 1, (int)node.Start.Column - 1);
            foreach (string[] seen in new[] { lines, [.. lines[..line], lines[line][..column]] })
            {
                Cursor cursor = Cursor.At(seen, line, column);
                if (cursor.Key != key || !cursor.Path.SequenceEqual(path))
                {
                    wrong.Add(
                        $"{line + 1}:{column + 1} {string.Join('/', cursor.Path)} ({cursor.Key}), not {string.Join('/', path)} ({key})"
                    );
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_place_has_a_cursor(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        for (int line = 0; line < lines.Length; line += 3)
        {
            for (int column = 0; column <= lines[line].Length; column++)
            {
                Cursor cursor = Cursor.At(lines, line, column);
                Assert.InRange(cursor.WordStart, 0, column);
                Assert.Equal(column, cursor.WordStart + cursor.Word.Length);
            }
        }
    }
}
