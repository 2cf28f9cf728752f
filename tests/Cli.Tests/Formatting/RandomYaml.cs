using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Cli.Tests.Formatting;

/// <summary>
/// YAML as people write it on a bad day: any indentation, comments everywhere, block and flow, quotes and blocks of text.
/// </summary>
internal static class RandomYaml
{
    public static Arbitrary<string> Arbitrary =>
        Gen.Choose(0, int.MaxValue - 1).Select(seed => new Writer(new Random(seed)).Document()).ToArbitrary();

    private sealed class Writer(Random random)
    {
        private static readonly string[] _scalars =
        [
            "x",
            "a b",
            "'it''s # here'",
            "\"q\\\" # \\n\"",
            "http://127.0.0.1:3000",
            "~",
            "12",
            "''",
            "*.x#y".Replace("*", "", StringComparison.Ordinal),
            "é漢",
        ];

        private readonly StringBuilder _out = new();
        private int _keys;

        public string Document()
        {
            Lines(0);
            Map(0, 3);
            Lines(0);
            return _out.ToString();
        }

        private void Map(int indent, int depth)
        {
            int count = random.Next(1, 4);
            for (int i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    Lines(indent);
                    _out.Append(' ', indent);
                }

                _out.Append($"k{_keys++}:");
                Value(indent, depth, isItem: false);
            }
        }

        private void List(int indent, int depth)
        {
            int count = random.Next(1, 4);
            for (int i = 0; i < count; i++)
            {
                if (i > 0)
                    Lines(indent);
                _out.Append(' ', indent).Append('-');
                if (depth > 0 && random.Next(3) == 0)
                {
                    int gap = random.Next(1, 4);
                    _out.Append(' ', gap);
                    Map(indent + 1 + gap, depth - 1);
                }
                else
                {
                    Value(indent, depth, isItem: true);
                }
            }
        }

        private void Value(int indent, int depth, bool isItem)
        {
            int inner = indent + random.Next(1, 5);
            switch (depth > 0 ? random.Next(7) : random.Next(4))
            {
                case 0:
                    _out.Append(' ', random.Next(1, 3)).Append(Scalar());
                    EndLine();
                    break;
                case 1:
                    _out.Append(' ').Append(Flow(2));
                    EndLine();
                    break;
                case 2:
                    _out.Append($" {"|>"[random.Next(2)]}{new[] { "", "-", "+" }[random.Next(3)]}");
                    EndLine();
                    for (int i = random.Next(1, 4); i > 0; i--)
                        _out.Append(' ', inner)
                            .Append(i == 1 ? "" : new string(' ', 0))
                            .Append(random.Next(4) == 0 ? "# no comment" : "text")
                            .Append('\n');
                    break;
                case 3:
                    EndLine();
                    _out.Append(' ', inner).Append(Scalar());
                    EndLine();
                    break;
                case 4 when !isItem:
                    EndLine();
                    Lines(inner);
                    List(random.Next(2) == 0 ? indent : inner, depth - 1);
                    break;
                case 5:
                    EndLine();
                    _out.Append(' ', inner);
                    Map(inner, depth - 1);
                    break;
                default:
                    _out.Append(" [")
                        .Append(Scalar())
                        .Append(random.Next(2) == 0 ? ",\n" : ", # within\n")
                        .Append(' ', inner + 1)
                        .Append(Flow(1))
                        .Append(random.Next(2) == 0 ? "\n" : ",\n")
                        .Append(' ', inner)
                        .Append(']');
                    EndLine();
                    break;
            }
        }

        private string Flow(int depth) =>
            depth == 0
                ? Scalar()
                : random.Next(4) switch
                {
                    0 => "{" + string.Join(" , ", Enumerable.Range(0, random.Next(3)).Select(_ => $"k{_keys++}: {Flow(depth - 1)}")) + "}",
                    1 => "[ " + string.Join(",", Enumerable.Range(0, random.Next(3)).Select(_ => Flow(depth - 1))) + "]",
                    _ => Scalar(),
                };

        private string Scalar() => _scalars[random.Next(_scalars.Length)];

        private void EndLine() =>
            _out.Append(random.Next(5) == 0 ? new string(' ', random.Next(1, 4)) + "# " + random.Next(100) : "").Append('\n');

        private void Lines(int indent)
        {
            for (int i = random.Next(3); i > 0; i--)
                _out.Append(random.Next(2) == 0 ? "" : new string(' ', Math.Max(0, indent + random.Next(-2, 3))) + "# " + random.Next(100))
                    .Append('\n');
        }
    }
}
