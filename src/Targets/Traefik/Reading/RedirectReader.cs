using System.Text.RegularExpressions;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads redirects.</summary>
internal static partial class RedirectReader
{
    private const string Note = "Traefik sends 307 or 308 where the method isn't GET";
    private static readonly string[] _paths = ["/", "/a", "/b-1/c.d/", "/x/y~z%20w?q=1&r=a%2Fb", "/Q_9?"];

    /// <summary>Writes a redirect to another scheme.</summary>
    public static void Scheme(SourceKey kind, OutputMap route)
    {
        string port = kind["port"]?.Value is { } given && given is not ("443" or "80") ? ":" + given : "";
        Set(kind, route, $"{kind["scheme"]?.Value ?? "https"}://{{host}}{port}{{uri}}");
    }

    /// <summary>Writes a redirect by a regex on the URL; true where no request of the site has it.</summary>
    public static bool Regex(SourceKey kind, OutputMap route, IReadOnlyList<string> hosts, bool hasTls)
    {
        string scheme = hasTls ? "https" : "http";
        string[] paths =
        [
            .. _paths.Select(path => PathOf(route) + path).Select(static path => path.Replace("//", "/", StringComparison.Ordinal)),
        ];
        (string Url, string Path)[] urls = [.. hosts.SelectMany(host => paths.Select(path => ($"{scheme}://{Sample(host)}{path}", path)))];
        string?[] results;
        try
        {
            var regex = new Regex(kind["regex"]?.Value ?? "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            string replacement = Reference().Replace(kind["replacement"]?.Value ?? "", "$${${group}}");
            results = [.. urls.Select(url => regex.IsMatch(url.Url) ? regex.Replace(url.Url, replacement) : null)];
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            kind.Lose("the regex can't be read");
            return true;
        }

        if (results.All(static result => result is null))
        {
            kind.Imply("no request of the site matches it");
            return true;
        }

        string? to = Target([.. results.Zip(urls, static (result, url) => (result, url.Path))]);
        if (to is null)
        {
            kind.Lose("a spec's redirect is for every request of a route, to one address or with the request's own target behind it");
            return true;
        }

        Set(kind, route, to);
        return false;
    }

    // What each request of samples is sent to: one address, or one with the target behind it.
    private static string? Target((string? Result, string Path)[] samples)
    {
        if (samples.Any(static sample => sample.Result is null))
        {
            return null;
        }

        string[] constants = [.. samples.Select(static sample => sample.Result!).Distinct(StringComparer.Ordinal)];
        string[] starts =
        [
            .. samples
                .Select(static sample =>
                    sample.Result!.EndsWith(sample.Path, StringComparison.Ordinal) ? sample.Result[..^sample.Path.Length] : "\0"
                )
                .Distinct(StringComparer.Ordinal),
        ];
        return starts is [var start] && start != "\0" ? start + "{uri}"
            : constants is [var only] && !only.Contains('{', StringComparison.Ordinal) ? only
            : null;
    }

    private static string PathOf(OutputMap route) => route["path"] is OutputText { Text: not "/" } path ? path.Text : "";

    private static string Sample(string host) =>
        host == "_" ? "any.example.org"
        : host.StartsWith("*.", StringComparison.Ordinal) ? "any" + host[1..]
        : host.EndsWith(".*", StringComparison.Ordinal) ? host[..^1] + "org"
        : host;

    private static void Set(SourceKey kind, OutputMap route, string to)
    {
        OutputMap redirect = route.Map("redirect");
        redirect.Set("to", to);
        redirect.Word("status", kind["permanent"] is { IsTrue: true } ? "301" : "302");
        kind.Say(redirect, Note);
    }

    [GeneratedRegex(@"\$\{?(?<group>[0-9]+)\}?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
