using System.Globalization;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>What nginx knows of one directive, in some contexts and some versions: a line of the catalogue.</summary>
internal sealed class NginxDefinition
{
    private const int Unlimited = 7;
    private readonly int _counts;
    private readonly bool _orMore;
    private readonly string _argumentText;

    private NginxDefinition(string name, NginxContext contexts, string arguments, int index)
    {
        Name = name;
        Contexts = contexts;
        Index = index;
        IsBlock = arguments.EndsWith("{}", StringComparison.Ordinal);
        _argumentText = IsBlock ? arguments[..^2] : arguments;
        _orMore = _argumentText.EndsWith('+') || _argumentText == "*";
        foreach (string part in _argumentText.Split(','))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            int low = part == "*" ? 0 : part[0] - '0';
            int high = dash > 0 ? part[dash + 1] - '0' : low;
            for (int count = low; count <= (_orMore ? Unlimited : high); count++)
            {
                _counts |= 1 << count;
            }
        }
    }

    /// <summary>The directive's name.</summary>
    public string Name { get; }

    /// <summary>Where it may stand.</summary>
    public NginxContext Contexts { get; }

    /// <summary>Its place among the definitions.</summary>
    public int Index { get; }

    /// <summary>Whether it opens a block instead of ending in a semicolon.</summary>
    public bool IsBlock { get; }

    /// <summary>What its arguments are.</summary>
    public NginxValueKind Kind { get; private init; }

    /// <summary>The words that <see cref="NginxValueKind.One"/> and <see cref="NginxValueKind.Some"/> allow.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Whether nginx forbids a second one in the same block.</summary>
    public bool Once { get; private init; }

    /// <summary>Whether nginx expands variables in its arguments.</summary>
    public bool Expands { get; private init; }

    /// <summary>The first version that has it; null where every version has.</summary>
    public TargetVersion? Since { get; private init; }

    /// <summary>The first version that no longer has it; null where every later one has.</summary>
    public TargetVersion? Before { get; private init; }

    /// <summary>The numbers of arguments, as the catalogue writes them.</summary>
    public string Arguments => _argumentText;

    /// <summary>Whether it takes so many arguments.</summary>
    public bool Takes(int count) => count >= Unlimited ? _orMore : (_counts & (1 << count)) != 0;

    /// <summary>Whether the version has it.</summary>
    public bool IsIn(TargetVersion version) => !(version < Since) && !(version >= Before);

    /// <summary>Reads a line: <c>name contexts arguments value [versions]</c>.</summary>
    internal static NginxDefinition Parse(string line, int index)
    {
        string[] parts = line.Split(' ');
        string[] value = parts[3].Split(',');
        string kind = value[0];
        int colon = kind.IndexOf(':', StringComparison.Ordinal);
        (TargetVersion? since, TargetVersion? before) = parts.Length > 4 ? Versions(parts[4]) : default;
        return new NginxDefinition(parts[0], ContextsOf(parts[1]), parts[2], index)
        {
            Kind = Enum.Parse<NginxValueKind>(colon < 0 ? kind : kind[..colon], ignoreCase: true),
            Words = colon < 0 ? [] : kind[(colon + 1)..].Split('|'),
            Once = value.Contains("once", StringComparer.Ordinal),
            Expands = value.Contains("expands", StringComparer.Ordinal),
            Since = since,
            Before = before,
        };
    }

    internal static (TargetVersion? Since, TargetVersion? Before) Versions(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return (VersionOf(text[..dash]), VersionOf(text[(dash + 1)..]));
    }

    private static TargetVersion? VersionOf(string text) =>
        text.Length > 0 && TargetVersion.TryParse(text, out TargetVersion version) ? version : null;

    private static NginxContext ContextsOf(string text)
    {
        NginxContext contexts = NginxContext.None;
        foreach (string name in text.Split(','))
        {
            contexts |= Enum.Parse<NginxContext>(
                string.Concat(name.Split('-', '_').Select(part => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part)))
            );
        }

        return contexts;
    }
}
