using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>
/// A map of a case's file. Every key must be asked for: one that is not is an error, so that a misspelt expectation can't pass.
/// <c>${NAME}</c> in a text is replaced by this run's port or address, and <c>${FILL:300}</c> by so many letters; <c>$${</c> is a literal
/// <c>${</c>.
/// </summary>
internal sealed partial class CaseMap
{
    private readonly Dictionary<string, YamlNode> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _variables;

    public CaseMap(YamlNode node, Func<string, string?> variables)
    {
        _variables = variables;
        At = $"line {node.Start.Line}";
        foreach ((YamlNode key, YamlNode value) in node is YamlMappingNode map ? map.Children : throw new CaseException($"{At}: not a map"))
        {
            _entries[((YamlScalarNode)key).Value ?? ""] = value;
        }
    }

    /// <summary>Where it stands.</summary>
    public string At { get; }

    public IEnumerable<string> Keys => _entries.Keys;

    public bool Has(string key) => _entries.ContainsKey(key);

    public YamlNode? Node(string key)
    {
        _asked.Add(key);
        return _entries.GetValueOrDefault(key);
    }

    public CaseMap? Map(string key) => Node(key) is { } node ? new CaseMap(node, _variables) : null;

    public IReadOnlyList<CaseMap> Maps(string key) => Node(key) is { } node ? [.. Items(node).Select(n => new CaseMap(n, _variables))] : [];

    public string? Text(string key) => Node(key) is { } node ? Scalar(node) : null;

    public IReadOnlyList<string> Texts(string key) => Node(key) is { } node ? [.. Items(node).Select(Scalar)] : [];

    public bool Flag(string key) =>
        Text(key) switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw new CaseException($"{At}: '{key}' is '{other}', not true or false"),
        };

    public int? Integer(string key) => Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A list's items; anything else alone is a list of one.</summary>
    public static IEnumerable<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? list.Children : [node];

    public static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    public string Scalar(YamlNode node) =>
        node is YamlScalarNode { Value: var value } ? Expand(value ?? "") : throw new CaseException($"line {node.Start.Line}: not a text");

    public CaseMap Child(YamlNode node) => new(node, _variables);

    /// <summary>Refuses what nobody asked for.</summary>
    public void Done()
    {
        if (_entries.Keys.Except(_asked).ToArray() is [_, ..] unknown)
        {
            throw new CaseException($"{At}: unknown {string.Join(", ", unknown)}");
        }
    }

    private string Expand(string text) =>
        VariableUse()
            .Replace(
                text,
                use =>
                    use.Value == "$${" ? "${"
                    : use.Groups["name"].Value == Step.Counter ? use.Value
                    : use.Groups["count"] is { Success: true, Value: var count }
                        ? new string('x', int.Parse(count, CultureInfo.InvariantCulture))
                    : _variables(use.Groups["name"].Value) ?? throw new CaseException($"{At}: unknown variable {use.Value}")
            );

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<count>[0-9]+))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex VariableUse();
}
