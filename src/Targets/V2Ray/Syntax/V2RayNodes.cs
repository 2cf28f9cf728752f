using System.Globalization;
using Confgen.Compiler.Syntax;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>Reads values of a configuration; whatever is missing or of another kind is nothing.</summary>
internal static class V2RayNodes
{
    /// <summary>The value under a path of keys.</summary>
    public static SyntaxNode? At(this SyntaxNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            node = (node as MapSyntax)?.Find(key);
        }

        return node;
    }

    /// <summary>The scalar under a path, as a text.</summary>
    public static string? Text(this SyntaxNode? node, params ReadOnlySpan<string> path) => (node.At(path) as ScalarSyntax)?.Value;

    /// <summary>The number under a path, or 0.</summary>
    public static int Number(this SyntaxNode? node, params ReadOnlySpan<string> path) =>
        int.TryParse(node.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>The elements of the list under a path.</summary>
    public static IReadOnlyList<SyntaxNode> Items(this SyntaxNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as ListSyntax)?.Items ?? [];

    /// <summary>The scalars of the list under a path.</summary>
    public static IReadOnlyList<string> Texts(this SyntaxNode? node, params ReadOnlySpan<string> path) =>
        [.. node.Items(path).OfType<ScalarSyntax>().Select(s => s.Value)];
}
