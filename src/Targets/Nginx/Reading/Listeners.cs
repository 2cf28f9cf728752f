using System.Globalization;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Where a server listens, by whether clients speak TLS there.</summary>
internal sealed class Listeners
{
    private readonly List<string> _tls = [];
    private readonly List<string> _plain = [];

    /// <summary>Listeners as a spec writes them.</summary>
    public IReadOnlyList<string> Tls => _tls;

    public IReadOnlyList<string> Plain => _plain;

    /// <summary>The directives.</summary>
    public List<SourceDirective> Directives { get; } = [];

    /// <summary>Whether hosts that no server names come here.</summary>
    public bool IsDefault { get; private set; }

    public bool HasHttp3 { get; private set; }

    /// <summary>Reads the server's <c>listen</c> directives.</summary>
    public static Listeners Read(SourceDirective server)
    {
        var listeners = new Listeners();
        bool sslOn = server.Children.Exists(d => d is { Name: "ssl", First: "on" });
        foreach (SourceDirective directive in server.Children.Where(d => d.Name == "listen" && d.Arguments.Count > 0))
        {
            listeners.Add(directive, sslOn);
        }

        if (listeners.Directives.Count == 0)
        {
            listeners._plain.Add("80");
        }

        // QUIC's own sockets are those of the TLS listener.
        return listeners;
    }

    /// <summary>The port, where all of them have the same.</summary>
    public static string? PortOf(IReadOnlyList<string> listeners)
    {
        string[] ports = [.. listeners.Select(l => l[(l.LastIndexOf(':') + 1)..]).Distinct(StringComparer.Ordinal)];
        return ports is [var port] && int.TryParse(port, CultureInfo.InvariantCulture, out _) ? port : null;
    }

    private void Add(SourceDirective directive, bool sslOn)
    {
        IReadOnlyList<string> words = directive.Arguments;
        IsDefault |= words.Contains("default_server") || words.Contains("default");
        bool isQuic = words.Contains("quic") || words.Contains("http3");
        HasHttp3 |= isQuic;
        bool isTls = sslOn || words.Contains("ssl") || isQuic;
        List<string> list = isTls ? _tls : _plain;
        string address = Address(words[0]);
        if (words.Contains("proxy_protocol"))
        {
            directive.Entry.Lose("the PROXY protocol isn't read");
        }

        if (!list.Contains(address))
        {
            list.Add(address);
        }

        Directives.Add(directive);
    }

    // A port alone is every address, of IPv4 and IPv6.
    private static string Address(string text)
    {
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            return text;
        }

        bool hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') || text.All(char.IsAsciiDigit);
        string address = hasPort ? text : text + ":80";
        foreach (string any in (string[])["*:", "0.0.0.0:", "[::]:"])
        {
            if (address.StartsWith(any, StringComparison.Ordinal))
            {
                return address[any.Length..];
            }
        }

        return address.StartsWith("localhost:", StringComparison.Ordinal) ? "127.0.0.1" + address["localhost".Length..] : address;
    }
}
