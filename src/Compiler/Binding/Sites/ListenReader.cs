using System.Globalization;
using System.Net;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Reads where a site listens: a port, an address with a port, or a unix socket.</summary>
internal static class ListenReader
{
    public static readonly Rule BadListen = new("CFG0116", "bad-listen", Severity.Error, "A value that is no place to listen at")
    {
        Why = "A listener is a port (`443`), an address with a port (`127.0.0.1:8080`, `[::1]:8080`) or a unix socket (`unix:/run/site.sock`).",
        Bad = "sites:\n  - { host: a.example.com, listen: 70000, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, listen: 8080, proxy: \"http://127.0.0.1:3000\" }\n",
    };

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
                string hint = ports ? $"write {address} alone: a spec knows no port mapping" : address.Length == 0 ? $"write {text[1..]}" : "as 8080, 127.0.0.1:8080, [::1]:8080 or unix:/run/site.sock";
                c.Diagnostics.Report(BadListen, node.Span, $"'{text}' is no place to listen at", hint);
                return null;
            }

            canonical = ip.ToString();
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            c.Diagnostics.Report(BadListen, node.Span, $"'{text}' is no port", "a port is 1 to 65535");
            return null;
        }

        return new ListenAddress { Address = canonical, Port = port, At = at };
    }
}
