using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Tunnels;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding;

/// <summary>What the binders of one compilation share.</summary>
internal sealed class BindingContext
{
    private readonly List<SpecNode> _nodes = [];

    public BindingContext(IFileSystem files, DiagnosticBag diagnostics, IReadOnlyDictionary<string, SourceText> sources)
    {
        Files = files;
        Sources = sources;
        Diagnostics = diagnostics;
    }

    public IFileSystem Files { get; }

    public DiagnosticBag Diagnostics { get; }

    /// <summary>The files of the spec by name, for advice that quotes or changes them.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources { get; }

    /// <summary>The named upstreams, bound before the sites that use them.</summary>
    public Dictionary<string, Upstream> Upstreams { get; } = new(StringComparer.Ordinal);

    /// <summary>The tunnels by name, bound before the sites that use them; null for one with an error.</summary>
    public Dictionary<string, Tunnel?> Tunnels { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether upstreams may be defined under a key that is misspelled, which is reported: then no upstream is unknown.</summary>
    public bool HasOtherUpstreams { get; set; }

    /// <summary>The names of upstreams that a route or an error page uses.</summary>
    public HashSet<string> UsedUpstreams { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the fragments that nothing uses, where they are defined.</summary>
    public IReadOnlyList<ScalarSyntax> IdleFragments { get; set; } = [];

    /// <summary>Every node with its own place in the spec, in the order of binding: what targets must declare a capability for.</summary>
    public IReadOnlyList<SpecNode> Nodes => _nodes;

    /// <summary>A context for what is bound to find its mistakes, and is no part of the spec.</summary>
    public BindingContext ForDiagnosticsAlone()
    {
        var other = new BindingContext(Files, Diagnostics, Sources) { HasOtherUpstreams = HasOtherUpstreams };
        foreach ((string name, Upstream upstream) in Upstreams)
        {
            other.Upstreams.Add(name, upstream);
        }

        foreach ((string name, Tunnel? tunnel) in Tunnels)
        {
            other.Tunnels.Add(name, tunnel);
        }

        return other;
    }

    /// <summary>Notes a node that was written, and gives it back.</summary>
    public T Written<T>(T node)
        where T : SpecNode
    {
        _nodes.Add(node);
        return node;
    }
}
