using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Header rules of a site and a route as lines.</summary>
internal sealed class HeaderLines(HAProxyTexts texts)
{
    private const string Success = "{ status 200:299 301 302 303 304 307 308 }";

    /// <summary>On the request.</summary>
    public IEnumerable<string> Request(Site site, Route route, string? server) =>
        EffectiveHeaders.Request(site, route).SelectMany(edit => Edit("http-request", edit, "", server, Place(site, route, edit, true)));

    /// <summary>On every response, HAProxy's own included.</summary>
    public IEnumerable<string> Response(Site site, Route route, string? server)
    {
        IReadOnlyList<HeaderEdit> succeeds = EffectiveHeaders.Response(site, route, success: true);
        IReadOnlyList<HeaderEdit> fails = EffectiveHeaders.Response(site, route, success: false);
        foreach (HeaderEdit edit in succeeds)
        {
            SourceSpan at = Place(site, route, edit, false);
            HeaderEdit? other = fails.FirstOrDefault(each => each.Name.Equals(edit.Name, StringComparison.OrdinalIgnoreCase));
            foreach (string line in Edit("http-after-response", edit, edit.Equals(other) ? "" : Success, server, at))
            {
                yield return line;
            }

            foreach (
                string line in other is null || edit.Equals(other) ? [] : Edit("http-after-response", other, "!" + Success, server, at)
            )
            {
                yield return line;
            }
        }
    }

    /// <param name="rules">The rules that the lines belong to.</param>
    /// <param name="edit">What happens to a field.</param>
    /// <param name="term">A condition that must hold, or an empty text.</param>
    /// <param name="server">The host and port of the only server, or null.</param>
    /// <param name="at">Where the spec says it.</param>
    private IEnumerable<string> Edit(string rules, HeaderEdit edit, string term, string? server, SourceSpan at)
    {
        string name = texts.Word(edit.Name, at);
        // A field without a value isn't sent.
        TextTemplate[] values = [.. edit.Values.Where(static value => value.AsLiteral is not "")];
        bool replaces = edit.Drops && values is [var only] && texts.NotEmpty(only, at).Count == 0;
        if (edit.Drops && !replaces)
        {
            yield return $"{rules} del-header {name}{If(term, [])}";
        }

        foreach (TextTemplate value in values)
        {
            string verb = replaces ? "set-header" : "add-header";
            yield return $"{rules} {verb} {name} {texts.Format(value, at, server)}{If(term, texts.NotEmpty(value, at))}";
        }
    }

    private static string If(string term, IReadOnlyList<string> alternatives) =>
        alternatives.Count > 0 ? " if " + string.Join(" or ", alternatives.Select(each => $"{term} {each}".TrimStart()))
        : term.Length > 0 ? " if " + term
        : "";

    private static SourceSpan Place(Site site, Route route, HeaderEdit edit, bool request)
    {
        HeaderEdits Of(HeaderRules rules) => request ? rules.Request : rules.Response;
        HeaderEdits own = Of(route.Headers);
        HeaderEdits rules = own.Names.Contains(edit.Name, StringComparer.OrdinalIgnoreCase) ? own : Of(site.Headers);
        return rules.At.Span.IsSome ? rules.At.Span
            : route.At.Wrote(RouteFields.CacheControl) ? route.At.Of(RouteFields.CacheControl)
            : site.At.Span;
    }
}
