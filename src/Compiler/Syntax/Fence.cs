using Confgen.Compiler.Files;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Syntax;

/// <summary>What files of an <c>include</c> may name.</summary>
/// <param name="Span">Where the fence is written.</param>
/// <param name="Hosts">The hosts.</param>
/// <param name="Roots">The absolute names of the folders.</param>
internal sealed record Fence(SourceSpan Span, ValueList<HostPattern> Hosts, ValueList<string> Roots)
{
    public static readonly Rule Outside = new(
        "CFG0148",
        "outside-fence",
        Severity.Error,
        "A fenced file that names what its fence doesn't give it"
    )
    {
        Why =
            "An `include` with `hosts` fences its files in, and what they include: they have sites with these hosts, upstreams and tests "
            + "alone, name files below `roots`, and use the upstreams that they define themselves. Nobody else uses those. `raw`, tunnels, "
            + "fragments and variables of the environment would reach beyond the fence.",
        Bad = "include:\n  - { files: team.yaml, hosts: \"*.a.example.com\" }\nsites:\n  - { host: example.com, respond: ok }\n",
        Good =
            "include:\n  - { files: team.yaml, hosts: [\"*.a.example.com\", b.example.com] }\nsites:\n"
            + "  - { host: example.com, respond: ok }\n",
        Files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["team.yaml"] = "sites:\n  - { host: [www.a.example.com, b.example.com], respond: ok }\n",
        },
    };

    /// <summary>For a diagnostic about what is outside of it.</summary>
    public RelatedSpan Related => new(Span, "the fence");

    /// <summary>Whether each host that a pattern takes is one of these.</summary>
    public bool Has(HostPattern host) =>
        Hosts.Any(given =>
            given == host
            || given.Kind == HostPatternKind.Any
            || (host.Kind == HostPatternKind.Exact && given.Matches(host.Name))
            || (
                host.Kind == HostPatternKind.Trailing
                && given.Kind == HostPatternKind.Trailing
                && host.Name.StartsWith(given.Name + ".", StringComparison.Ordinal)
            )
        );

    /// <summary>Why a file may not be named; null where it may.</summary>
    /// <param name="files">The files of the machine.</param>
    /// <param name="folder">The folder of the file that names it.</param>
    /// <param name="name">The name.</param>
    public string? Refuses(IFileSystem files, string folder, string name)
    {
        // The system would follow a link before it goes up, so that only it knows where such a name leads.
        if (Path.IsPathRooted(name) && name.Split('/').Contains("..", StringComparer.Ordinal))
        {
            return $"'{name}' has '..' in an absolute path";
        }

        string path = files.FullPath(Path.Combine(folder, name));
        return !Roots.Any(root => IsBelow(path, root)) ? $"'{name}' is not below the fence's roots"
            : files.RealPath(path) is not { } real ? $"'{name}' is a loop of links"
            : !Roots.Any(root => files.RealPath(root) is { } own && IsBelow(real, own)) ? $"'{name}' is a link out of the fence's roots"
            : null;
    }

    /// <summary>The way out for a file that is not below the roots.</summary>
    public string WayOut =>
        Roots.Count == 0
            ? "the fence gives no folder: whoever writes it adds one under 'roots'"
            : $"name a file below {string.Join(" or ", Roots.Select(r => $"'{r}'"))}, or have its folder added to 'roots'";

    private static bool IsBelow(string path, string root) =>
        path == root || path.StartsWith(root == "/" ? "/" : root + "/", StringComparison.Ordinal);
}
