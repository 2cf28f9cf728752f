using System.Text;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// What a client gets for an error of a route: an empty body, or a page of the spec. HAProxy says 503 where no server can be reached, as
/// where none is up: <c>proxied</c> makes 502 of the first, so that the page for 502 stands at 503 as well.
/// </summary>
internal sealed class ErrorReplies(HAProxyTexts texts)
{
    private const string Asked = "{ var(txn.asked) -m found }";

    // What HAProxy raises by itself while a server is asked, with what the client is told.
    private static readonly (int Raised, int Told)[] _own = [(408, 408), (500, 500), (502, 502), (503, 502), (504, 504)];

    // Statuses with a meaning of their own (RFC 9110 and later); others mean what the first of their class does.
    private static readonly int[] _registered =
    [
        .. Enumerable.Range(200, 9),
        226,
        .. Enumerable.Range(300, 6),
        307,
        308,
        .. Enumerable.Range(400, 19),
        .. Enumerable.Range(421, 6),
        428,
        429,
        431,
        451,
        .. Enumerable.Range(500, 9),
        510,
        511,
    ];

    /// <summary>The status and the body, as <c>http-request return status</c> has them.</summary>
    public string Of(Route route, int status) => Reply(status, Find(route.Errors, status));

    /// <summary>A line that refuses a request, and what it needs before it.</summary>
    /// <param name="route">The route.</param>
    /// <param name="status">The error.</param>
    /// <param name="condition">When, with its <c>if</c> or <c>unless</c>.</param>
    /// <param name="field">A field of the response, or an empty text.</param>
    public IEnumerable<string> Refuse(Route route, int status, string condition, string field = "")
    {
        if (route.Proxy is not null && (Find(route.Errors, status)?.Status ?? status) == 503)
        {
            yield return "http-request unset-var(txn.asked) " + condition;
        }

        yield return $"http-request return status {Of(route, status)}{field} {condition}";
    }

    /// <summary>What HAProxy says where it gets no response, in the order of the options.</summary>
    public IEnumerable<string> Options(Route route)
    {
        foreach ((int raised, int told) in _own)
        {
            if (Find(route.Errors, told) is { } page)
            {
                yield return $"http-error status {Reply(raised, page with { Status = null })}";
            }
        }
    }

    /// <summary>What is said where no server is up, on the request: without checks one that isn't there counts as up.</summary>
    public IEnumerable<string> WithoutServer(Route route, Upstream upstream)
    {
        bool never = upstream.Discover is null && upstream.Servers.All(static server => server.Down);
        if (never || upstream.Discover is not null || upstream.ActiveHealth is not null || upstream.PassiveHealth is not null)
        {
            yield return "http-request unset-var(txn.asked)" + (never ? "" : " unless { nbsrv gt 0 }");
            if (Find(route.Errors, 503) is not null || Find(route.Errors, 502) is not null)
            {
                yield return $"http-request return status {Of(route, 503)} unless {Asked}";
            }
        }
    }

    /// <summary>Responses of the upstream that are treated like errors, and the statuses of pages, on the response.</summary>
    public IEnumerable<string> OnResponse(Route route)
    {
        ErrorRules errors = route.Errors;
        if (errors.Intercept.Any(static pattern => pattern.Matches(401)))
        {
            yield return "http-response set-var(txn.challenge) res.fhdr(www-authenticate) if { status 401 }";
            yield return "http-after-response set-header WWW-Authenticate %[var(txn.challenge)] if { var(txn.challenge) -m found }";
        }

        foreach (StatusPattern pattern in errors.Intercept)
        {
            foreach (string line in Intercepted(errors, pattern))
            {
                yield return line;
            }
        }

        (int Told, int Status)[] changed =
        [
            .. new[] { 500, 502, 504 }
                .Select(told => (told, Find(errors, told)?.Status ?? told))
                .Where(static each => each.told != each.Item2),
        ];
        if (changed.Length > 0)
        {
            yield return $"http-after-response set-var(txn.error) status if {Asked}";
            foreach ((int told, int status) in changed)
            {
                yield return string.Create(null, $"http-after-response set-status {status} if {{ var(txn.error) -m int {told} }}");
            }
        }
    }

    /// <summary>The longest page that is written out, in bytes.</summary>
    public static int LongestBody(IEnumerable<Site> sites) =>
        sites
            .SelectMany(static site => site.Routes)
            .SelectMany(static route => route.Errors.Pages)
            .Select(static page => Encoding.UTF8.GetByteCount(page.Body ?? ""))
            .DefaultIfEmpty()
            .Max();

    private IEnumerable<string> Intercepted(ErrorRules errors, StatusPattern pattern)
    {
        int[] each = pattern.IsSingle ? [pattern.First] : [.. _registered.Where(pattern.Matches)];
        foreach (int status in each)
        {
            yield return string.Create(null, $"http-response return status {Reply(status, Find(errors, status))} if {{ status {status} }}");
        }

        if (!pattern.IsSingle)
        {
            ErrorPage? page = errors.Pages.FirstOrDefault(page => !page.When.IsSingle && page.When.Matches(pattern.First));
            yield return string.Create(
                null,
                $"http-response return status {Reply(pattern.First, page)} if {{ status {pattern.First}:{pattern.Last} }}"
            );
        }
    }

    private string Reply(int status, ErrorPage? page)
    {
        string shown = string.Create(null, $"{page?.Status ?? status}");
        return page switch
        {
            { File: { } file } => $"{shown} content-type {texts.Word(MediaTypes.Of(file), page.At.Of(ErrorPageFields.File))} file "
                + texts.Word(file, page.At.Of(ErrorPageFields.File)),
            { Body: { Length: > 0 } body } =>
                $"{shown} content-type {texts.Word(page.ContentType, page.At.Of(ErrorPageFields.ContentType))} "
                    + "string "
                    + texts.Word(body, page.At.Of(ErrorPageFields.Body)),
            _ => shown,
        };
    }

    private static ErrorPage? Find(ErrorRules errors, int status) =>
        errors.Pages.FirstOrDefault(page => page.When.IsSingle && page.When.Matches(status))
        ?? errors.Pages.FirstOrDefault(page => page.When.Matches(status));
}
