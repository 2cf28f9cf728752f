using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Reads hosts.</summary>
internal static class HostReader
{
    public static readonly Rule BadHost = new("CFG0115", "bad-host", Severity.Error, "Invalid host")
    {
        Why =
            "A site's host is a name as `chat.example.com`, an IP address, `*.example.com` for one label, `chat.*` for any last "
            + "labels, or `_` for every other host. It "
            + "has no scheme, port or path; ports are listed under `listen`.",
        Bad = "sites:\n  - { host: \"https://a.example.com\", proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static HostPattern? Pattern(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "a host") is not { } text)
        {
            return null;
        }

        if (text == "default_server")
        {
            c.Diagnostics.Report(
                BadHost,
                node.Span,
                "'default_server' is a word of nginx",
                Advice.Replace(node.Span, "_", "write '_' for every other host")
            );
            return null;
        }

        if (HostPattern.TryParse(text, out HostPattern? host, out string? problem))
        {
            return host;
        }

        if (
            text.LastIndexOf(':') is > 0 and var colon
            && HostPattern.TryParse(text[..colon], out _, out _)
            && text[(colon + 1)..] is { Length: > 0 } port
            && port.All(char.IsAsciiDigit)
        )
        {
            c.Diagnostics.Report(BadHost, node.Span, $"'{text}' has a port", $"write '{text[..colon]}', and 'listen: {port}'");
            return null;
        }

        string[] several = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (several.Length > 1)
        {
            bool isList = several.All(h => HostPattern.TryParse(h, out _, out _));
            c.Diagnostics.Report(
                BadHost,
                node.Span,
                $"'{text}' is several hosts",
                isList ? EntryEdits.Several(c, node, several.Select(YamlScalar.Of)) : new Advice("write a list of hosts")
            );
            return null;
        }

        if (ValueSuggestions.Variable(text) is { } variable)
        {
            c.Diagnostics.Report(
                BadHost,
                node.Span,
                $"invalid host name '{text}'",
                Advice.Replace(node.Span, $"${{{variable}}}", $"for a variable of the environment write '${{{variable}}}'")
            );
            return null;
        }

        ScalarReader.Refuse(c, BadHost, node.Span, problem, ValueSuggestions.Host(text));
        return null;
    }

    /// <summary>A single name, in lower case.</summary>
    public static string? Name(BindingContext c, SyntaxNode node)
    {
        if (Pattern(c, node) is not { } host)
        {
            return null;
        }

        if (host.Kind == HostPatternKind.Exact)
        {
            return host.Name;
        }

        c.Diagnostics.Report(BadHost, node.Span, $"'{host}' is not a single host", "write the full name");
        return null;
    }
}
