using Confgen.Compiler.Syntax;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads media types.</summary>
internal static class ContentTypes
{
    public static string? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Text(c, node, "a media type") is not { } text)
        {
            return null;
        }

        string[] essence = text.Split(';', 2)[0].Trim().Split('/');
        if (essence.Length == 2 && essence.All(HeaderNames.IsToken) && text.All(ch => ch is >= ' ' and < '\x7F'))
        {
            return text;
        }

        c.Diagnostics.Report(
            ValueRules.BadValue,
            node.Span,
            $"invalid media type '{text}'",
            "as application/json, or text/html; charset=utf-8"
        );
        return null;
    }
}
