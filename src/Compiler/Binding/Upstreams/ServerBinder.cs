using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds a server of an upstream: its URL alone, or a map.</summary>
internal static class ServerBinder
{
    public static readonly Rule BadUrl = new("CFG0113", "bad-url", Severity.Error, "Invalid server URL")
    {
        Why =
            "A server is `http://host:port`, `https://host:port`, `h2c://host:port`, `unix:/path/to.sock` or, for `fastcgi`, "
            + "`fastcgi://host:port`. It has no path, because the path is the route's to rewrite, and no credentials.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"ftp://127.0.0.1\" }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static UpstreamServer? Bind(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax)
        {
            return Address(c, node, takesAll: true) is { } alone
                ? c.Written(new UpstreamServer { Address = alone, At = ObjectReader.OfShort(node, ServerFields.Schema, ServerFields.Url) })
                : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, ServerFields.Schema);
        ServerAddress? address = o.Get(ServerFields.Url) is { } url ? Address(c, url, takesAll: true) : null;
        int weight = o.Read(ServerFields.Weight);
        int maxConns = o.Read(ServerFields.MaxConns);
        (bool backup, bool down) = (o.Read(ServerFields.Backup), o.Read(ServerFields.Down));
        return address is null
            ? null
            : c.Written(
                new UpstreamServer
                {
                    At = o.Source,
                    Address = address,
                    Weight = weight,
                    MaxConns = maxConns,
                    Backup = backup,
                    Down = down,
                }
            );
    }

    public static ServerAddress? Address(BindingContext c, SyntaxNode node, bool takesAll = false)
    {
        if (ScalarReader.Text(c, node, "a server's URL") is not { } text)
        {
            return null;
        }

        if (ServerAddress.TryParse(text, out ServerAddress? address, out string? problem, takesAll))
        {
            return address;
        }

        string[] words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        string[] urls = [.. words.Select(w => ValueSuggestions.Url(w) ?? w)];
        if (words is ["server", _, var server, ..] && ValueSuggestions.Url(server) is { } named)
        {
            string backup = words.Contains("backup") ? ", backup: true" : "";
            c.Diagnostics.Report(
                BadUrl,
                node.Span,
                $"'{text}' is a line of HAProxy",
                Advice.Replace(node.Span, backup.Length == 0 ? $"\"{named}\"" : $"{{ url: \"{named}\"{backup} }}")
            );
            return null;
        }

        if (words.Length > 1 && urls.All(u => u.Contains("://", StringComparison.Ordinal) && ServerAddress.TryParse(u, out _, out _)))
        {
            c.Diagnostics.Report(
                BadUrl,
                node.Span,
                $"'{text}' is several servers",
                EntryEdits.Several(c, node, urls.Select(u => $"\"{u}\""))
            );
            return null;
        }

        if (words.Length > 1 && ServerAddress.TryParse(urls[0], out _, out _))
        {
            string fields = string.Concat(
                words
                    .Skip(1)
                    .Select(w => w.Split('='))
                    .Select(p =>
                        p is ["weight", var weight] ? $", weight: {weight}"
                        : p is ["backup"] ? ", backup: true"
                        : p is ["down"] ? ", down: true"
                        : ""
                    )
            );
            string map = $"{{ url: \"{urls[0]}\"{fields} }}";
            c.Diagnostics.Report(
                BadUrl,
                node.Span,
                $"'{text}' has more than a URL",
                Advice.Replace(node.Span, fields.Length == 0 ? $"\"{urls[0]}\"" : map)
            );
            return null;
        }

        ScalarReader.Refuse(c, BadUrl, node.Span, problem, ValueSuggestions.Url(text));
        return null;
    }
}
