using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.Nginx;

internal static partial class NginxChecks
{
    /// <summary>Names of headers that nginx reads by a variable, whose name has letters, digits and underscores alone.</summary>
    private static void CheckReadNames(RenderContext context, Route route)
    {
        IEnumerable<(string Name, SourceSpan At)> names =
        [
            .. route.Match.Blocks().SelectMany(block => block.Headers.Select(header => (header.Name, block.At.Of(MatchFields.Header)))),
            .. route.Headers.Request.Add.Select(header => (header.Name, header.At.Span)),
            .. route.ForwardAuth is { } auth
                ? auth.CopyHeaders.Select(header => (header.Name, auth.At.Of(ForwardAuthFields.CopyHeaders)))
                : [],
            .. route.RateLimit is { KeyHeader: { } key } rate
                ? [(key, rate.At.Of(RateLimitFields.Key))]
                : (IEnumerable<(string, SourceSpan)>)[],
            .. route.Proxy?.Upstream is { Balance: { Policy: BalancePolicy.Header, Key: { } key2 } } upstream
                ? [(key2, upstream.At.Of(UpstreamFields.Balance))]
                : (IEnumerable<(string, SourceSpan)>)[],
        ];
        foreach ((string name, SourceSpan at) in names.Concat(ReadByTemplates(route)))
        {
            CheckReadName(context, name, at);
        }
    }

    private static IEnumerable<(string Name, SourceSpan At)> ReadByTemplates(Route route) =>
        [
            .. route.Action is RedirectAction redirect ? ReadBy(redirect.To, redirect.At.Of(RedirectFields.To)) : [],
            .. route.ForwardAuth is { SignIn.To: { } signIn } auth ? ReadBy(signIn, auth.At.Of(ForwardAuthFields.SignIn)) : [],
            .. ReadByTemplates(route.Headers),
        ];

    private static IEnumerable<(string Name, SourceSpan At)> ReadByTemplates(HeaderRules rules) =>
        new[] { rules.Request, rules.Response }.SelectMany(edits =>
            edits.Set.Concat(edits.Add).SelectMany(header => ReadBy(header.Value, header.At.Span))
        );

    private static IEnumerable<(string Name, SourceSpan At)> ReadBy(TextTemplate text, SourceSpan at) =>
        text.Parts.Where(part => part is { Literal: null, Placeholder: Placeholder.Header }).Select(part => (part.Name, at));

    private static void CheckReadName(RenderContext context, string name, SourceSpan at)
    {
        if (name.Length > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            context.ReportNotExpressible(
                at,
                "nginx can't read a header of that name",
                $"it reads names of letters, digits, '-' and '_', up to {LongestName} of them"
            );
        }
    }

    private static void CheckHeaders(RenderContext context, NginxSettings settings, HeaderRules rules)
    {
        foreach (
            HeaderName removed in rules.Response.Remove.Where(header =>
                IsOwn(header.Name, settings) || header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            context.Apply(
                removed.Name.Equals("Server", StringComparison.OrdinalIgnoreCase)
                    ? NginxDifferences.ServerStays
                    : NginxDifferences.NoServerHeader,
                removed.At.Span
            );
        }

        foreach (HeaderValue set in rules.Response.Set.Concat(rules.Response.Add).Where(header => IsOwn(header.Name, settings)))
        {
            context.Apply(NginxDifferences.NoServerSet, set.At.Span);
        }

        IEnumerable<(string Name, SourceSpan At)> written = new[] { rules.Request, rules.Response }.SelectMany(edits =>
            edits
                .Remove.Select(header => (header.Name, header.At.Span))
                .Concat(edits.Set.Concat(edits.Add).Select(header => (header.Name, header.At.Span)))
        );
        foreach (
            (string name, SourceSpan at) in written.Where(header =>
                header.Name.Contains('$', StringComparison.Ordinal) || header.Name.Length > LongestName
            )
        )
        {
            context.ReportNotExpressible(at, "the header's name has a dollar sign, which would start a variable, or is too long");
        }

        foreach (HeaderValue added in rules.Request.Add)
        {
            context.Apply(NginxDifferences.OneLine, added.At.Span);
        }
    }
}
