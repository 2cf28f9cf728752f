using System.Globalization;
using System.Net;
using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Reads where a site listens: a port, an address with a port, or a unix socket.</summary>
internal static class ListenReader
{
    public static readonly Rule BadListen = new("CFG0116", "bad-listen", Severity.Error, "Invalid listener")
    {
        Why =
            "A listener is a port (`443`), an address with a port (`127.0.0.1:8080`, `[::1]:8080`) or a unix socket "
            + "(`unix:/run/site.sock`).",
        Bad = "sites:\n  - { host: a.example.com, listen: 70000, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, listen: 8080, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    private const string Forms = "as 8080, 127.0.0.1:8080, [::1]:8080 or unix:/run/site.sock";

    public static ListenAddress? Bind(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "a port") is not { } text)
        {
            return null;
        }

        var at = new Source(node.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "");
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            // What a server's socket may not have, a listener's may not.
            if (ServerAddress.TryParse(text, out ServerAddress? socket, out string? wrong))
            {
                return new ListenAddress { SocketPath = socket.SocketPath, At = at };
            }

            ScalarReader.Refuse(c, BadListen, node.Span, wrong);
            return null;
        }

        if (text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is [_, _, ..] words)
        {
            return RefuseWords(c, node, text, words);
        }

        int colon = text.LastIndexOf(':');
        string address = colon < 0 ? "" : text[..colon];
        string? canonical = null;
        if (colon >= 0)
        {
            bool bracketed = address.StartsWith('[') && address.EndsWith(']');
            bool parsed = IpAddresses.TryParse(bracketed ? address[1..^1] : address, out IPAddress? ip);
            if (!parsed || ip is null || (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) != bracketed)
            {
                bool ports = address.Length > 0 && address.All(char.IsAsciiDigit);
                string? meant = ValueSuggestions.Listen(text);
                Advice advice = meant is null
                    ? new Advice(Forms)
                    : Advice.Replace(
                        node.Span,
                        YamlScalar.Of(meant),
                        ports ? $"write {meant} alone: a spec knows no port mapping" : $"write {meant}"
                    );
                c.Diagnostics.Report(BadListen, node.Span, $"invalid listener '{text}'", advice);
                return null;
            }

            canonical = ip.ToString();
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            bool isNumber = text.Length > 0 && text[(colon + 1)..].All(char.IsAsciiDigit);
            c.Diagnostics.Report(
                BadListen,
                node.Span,
                $"invalid port '{text[(colon + 1)..]}'",
                ValueSuggestions.Listen(text) is { } meant
                    ? Advice.Replace(node.Span, YamlScalar.Of(meant))
                    : new Advice(isNumber ? "a port is 1 to 65535" : Forms)
            );
            return null;
        }

        return new ListenAddress
        {
            Address = canonical,
            Port = port,
            At = at,
        };
    }

    // `443 ssl http2` is nginx's; `80, 443` is a list without its brackets.
    private static ListenAddress? RefuseWords(BindingContext c, SyntaxNode node, string text, string[] words)
    {
        string[] ports =
        [
            .. words.Where(w => w.Any(char.IsAsciiDigit) && w is not ("http2" or "http3")).Select(w => ValueSuggestions.Listen(w) ?? w),
        ];
        string[] others = [.. words.Where(w => !w.Any(char.IsAsciiDigit) || w is "http2" or "http3")];
        string written = ports.Length == 1 ? ports[0] : $"[{string.Join(", ", ports)}]";
        string hint =
            others.Contains("ssl") || others.Contains("https")
                ? $"write '{written}', and 'tls:' for the certificate"
                : $"write '{written}'";
        c.Diagnostics.Report(
            BadListen,
            node.Span,
            $"invalid listener '{text}'",
            ports.Length > 0 ? Advice.Replace(node.Span, written, hint) : new Advice(Forms)
        );
        return null;
    }
}
