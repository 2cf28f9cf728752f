using Confgen.Compiler;
using YamlDotNet.RepresentationModel;

namespace Confgen.Cli.Documents;

/// <summary>
/// Which conformance case proves a field on a program: one whose spec writes the field, and in which the program neither refuses the
/// spec nor differs. Of several the one whose name speaks of the field, and that
/// writes the fewest others.
/// </summary>
internal sealed class CaseEvidence
{
    /// <summary>The programs on which the cases run.</summary>
    private static readonly string[] _programs = ["caddy", "nginx", "serve"];

    private readonly List<(string Name, IReadOnlySet<string> Fields, HashSet<string> Excepted)> _cases = [];

    /// <summary>Reads a folder of cases.</summary>
    /// <param name="host">A compiler in which every variable is set: ports come from the environment.</param>
    /// <param name="folder">The folder.</param>
    public CaseEvidence(CompilerHost host, string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "case.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string home = Path.GetDirectoryName(file) ?? "";
            _cases.Add((Path.GetRelativePath(folder, home).Replace('\\', '/'), Compilation.WrittenFields(host, Path.Combine(home, "spec.yaml")), Excepted(file)));
        }
    }

    /// <summary>The case's name, as <c>routing/exact</c>; null where there is none.</summary>
    public string? Of(string field, string program) =>
        !_programs.Contains(program) ? null
            : _cases.Where(c => c.Fields.Contains(field) && !c.Excepted.Contains(program)).OrderByDescending(c => Speaks(c.Name, field)).ThenBy(c => c.Fields.Count).Select(c => c.Name).FirstOrDefault();

    private static bool Speaks(string name, string field) =>
        name.Contains(field[(field.LastIndexOf('.') + 1)..].Replace('_', '-').TrimEnd('s'), StringComparison.Ordinal);

    private static HashSet<string> Excepted(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        var found = new HashSet<string>(StringComparer.Ordinal);
        Visit(yaml.Documents[0].RootNode, found);
        return found;
    }

    private static void Visit(YamlNode node, HashSet<string> found)
    {
        foreach (YamlNode item in node is YamlSequenceNode list ? list.Children : [])
        {
            Visit(item, found);
        }

        if (node is not YamlMappingNode map)
        {
            return;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            if (key is YamlScalarNode { Value: "unsupported" or "differs" } && value is YamlMappingNode programs)
            {
                found.UnionWith(programs.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? ""));
            }

            Visit(value, found);
        }
    }
}
