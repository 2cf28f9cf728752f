using System.Text;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Proving;

/// <summary>A directive that may be changed before it is written.</summary>
internal sealed class StagedNode(string name, IEnumerable<string> arguments, StagedNode? parent)
{
    public string Name { get; } = name;

    /// <summary>The arguments as nginx reads them.</summary>
    public List<string> Arguments { get; } = [.. arguments];

    /// <summary>The arguments before any change.</summary>
    public IReadOnlyList<string> Original { get; } = [.. arguments];

    /// <summary>The name as it is written.</summary>
    public string RawName { get; init; } = name;

    /// <summary>How the arguments are written where they weren't changed.</summary>
    public IReadOnlyList<string> Raw { get; init; } = [];

    public List<StagedNode>? Children { get; set; }

    public StagedNode? Parent => parent;

    public string First => Arguments.Count > 0 ? Arguments[0] : "";

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<StagedNode> All => (Children ?? []).SelectMany(c => c.All).Prepend(this);

    /// <summary>The block itself and those around it, the innermost first.</summary>
    public IEnumerable<StagedNode> Around()
    {
        for (StagedNode? node = this; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    /// <summary>A child with these arguments.</summary>
    public StagedNode Make(string child, params IEnumerable<string> words) => new(child, words, this);

    public void Write(StringBuilder text, int depth)
    {
        text.Append(' ', depth * 4).Append(RawName);
        for (int i = 0; i < Arguments.Count; i++)
        {
            bool isChanged = i >= Raw.Count || i >= Original.Count || Arguments[i] != Original[i];
            text.Append(' ').Append(isChanged ? Quoted(Arguments[i]) : Raw[i]);
        }

        if (Children is null)
        {
            text.Append(";\n");
            return;
        }

        text.Append(" {\n");
        foreach (StagedNode child in Children)
        {
            child.Write(text, depth + 1);
        }

        text.Append(' ', depth * 4).Append("}\n");
    }

    public static StagedNode Of(NginxDirective directive, StagedNode parent) =>
        new(directive.Name.Value, directive.Arguments.Select(a => a.Value), parent)
        {
            RawName = directive.Name.ToString(),
            Raw = [.. directive.Arguments.Select(a => a.ToString())],
        };

    // Variables stay what they are.
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "$:/._-=[]@%,&+~".Contains(c, StringComparison.Ordinal))
            ? text
            : '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
