using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>A server that sends all its requests to https, and nothing else.</summary>
/// <param name="Hosts">Its hosts.</param>
/// <param name="Port">Its port.</param>
/// <param name="Status">The redirect's status.</param>
/// <param name="Directives">What says so.</param>
internal sealed record HttpsRedirect(IReadOnlyList<string> Hosts, string Port, string Status, IReadOnlyList<SourceDirective> Directives)
{
    private static readonly string[] _same =
    [
        "https://$host$request_uri",
        "https://$http_host$request_uri",
        "https://$server_name$request_uri",
    ];

    private static readonly string[] _captured =
    [
        "https://$host$1",
        "https://$host/$1",
        "https://$http_host$1",
        "https://$server_name$1",
        "https://$server_name/$1",
    ];

    /// <summary>Reads a server; null where it does something else.</summary>
    public static HttpsRedirect? Read(SourceDirective server, IReadOnlyList<string> hosts, string? port)
    {
        if (port is null)
        {
            return null;
        }

        SourceDirective[] doing =
        [
            .. server.Children.Where(d => d.Name is "return" or "rewrite" or "location" or "if" or "proxy_pass" or "try_files" or "root"),
        ];
        SourceDirective[] ifs = [.. doing.Where(d => d.Name == "if")];
        SourceDirective[] rest = [.. doing.Except(ifs).Where(d => d.Name != "root")];

        // certbot writes an `if` for each host, and 404 behind them.
        if (ifs.Length > 0 && ifs.All(i => i.Children is [var only] && StatusOf(only) is not null && HostOf(i) is not null))
        {
            string[] named = [.. ifs.Select(i => HostOf(i)!)];
            return rest is [] or [{ Name: "return" }] && hosts.All(h => named.Contains(h))
                ? new HttpsRedirect(named, port, StatusOf(ifs[0].Children[0])!, [server, .. ifs.SelectMany(i => i.All), .. rest])
                : null;
        }

        if (rest is not [var one] || ifs.Length > 0)
        {
            return null;
        }

        SourceDirective? says =
            one is { Name: "location", Arguments: ["/"], Children: [var inner] } ? inner
            : one.Name is "return" or "rewrite" ? one
            : null;
        return says is not null && StatusOf(says) is { } status ? new HttpsRedirect(hosts, port, status, [server, one, says]) : null;
    }

    /// <summary>The status where a directive sends every request to https at its own host; else null.</summary>
    public static string? StatusOf(SourceDirective directive)
    {
        string to = directive.Arguments is [_, var second, ..] ? second : "";
        bool isSame = _same.Contains(to.TrimEnd('?'));
        return directive.Name switch
        {
            "return" when isSame && directive.First is ("301" or "302" or "307" or "308") => directive.First,
            "rewrite" when TakesAll(directive.First) && (isSame || _captured.Contains(to)) => ReturnReader.StatusOf(directive),
            _ => null,
        };
    }

    /// <summary>Writes it into a site with TLS.</summary>
    public void WriteTo(OutputMap site)
    {
        OutputNode place;
        if (Port == "80")
        {
            place = site.Word("redirect_http", Status == "308" ? "true" : Status);
        }
        else
        {
            OutputMap map = site.Map("redirect_http");
            map.Word("port", Port);
            map.Word("status", Status);
            place = map;
        }

        foreach (SourceDirective directive in Directives)
        {
            directive.Entry.Say(place);
        }
    }

    private static string? HostOf(SourceDirective condition)
    {
        string[] words = string.Join(' ', condition.Arguments).Trim('(', ')', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["$host", "=", var host] ? host : null;
    }

    private static bool TakesAll(string regex) => regex is "^" or "^(.*)$" or "^(.*)" or "^/(.*)$" or "(.*)" or ".*";
}
