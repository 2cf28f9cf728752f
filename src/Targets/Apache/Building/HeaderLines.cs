using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>Header rules of a site and a route as lines.</summary>
internal sealed class HeaderLines(ApacheTexts texts)
{
    private const string Success = "%{REQUEST_STATUS} =~ /^(?:2|30[123478])/";

    /// <summary>On the request.</summary>
    public IEnumerable<string> Request(Site site, Route route, string? server, int? port)
    {
        IReadOnlyList<HeaderEdit> edits = EffectiveHeaders.Request(site, route);
        foreach (HeaderEdit edit in edits)
        {
            SourceSpan at = Place(site, route, edit, true);
            string name = texts.Word(edit.Name, at);
            TextTemplate[] values = Values(edit);
            if (values.Length > 0)
            {
                // A client's Connection field could name it, and have it removed.
                yield return $"RequestHeader edit* Connection {texts.Quote(@"(?i)(?<![^\s,])" + Escape(edit.Name) + @"(?![^\s,])", at)} \"\"";
            }

            if (edit.Drops && (values.Length != 1 || texts.NotEmpty(values[0], at, server, port) is not null))
            {
                yield return $"RequestHeader unset {name}";
            }

            foreach (TextTemplate value in values)
            {
                string verb = edit.Drops && values.Length == 1 ? "set" : "add";
                yield return $"RequestHeader {verb} {name} {texts.Format(value, at, server, port)}"
                    + If(texts.NotEmpty(value, at, server, port));
            }
        }
    }

    /// <summary>On every response, httpd's own included.</summary>
    public IEnumerable<string> Response(Site site, Route route, string? server, int? port)
    {
        IReadOnlyList<HeaderEdit> succeeds = EffectiveHeaders.Response(site, route, success: true);
        IReadOnlyList<HeaderEdit> fails = EffectiveHeaders.Response(site, route, success: false);
        foreach (HeaderEdit edit in succeeds)
        {
            SourceSpan at = Place(site, route, edit, false);
            HeaderEdit? other = fails.FirstOrDefault(each => each.Name.Equals(edit.Name, StringComparison.OrdinalIgnoreCase));
            bool alike = edit.Equals(other);
            foreach (string line in Edit(edit, alike ? null : Success, at, server, port))
            {
                yield return line;
            }

            foreach (string line in alike || other is null ? [] : Edit(other, $"!({Success})", at, server, port))
            {
                yield return line;
            }
        }
    }

    // An upstream's fields stand in one table, those of `always` in another that goes with errors, too.
    private IEnumerable<string> Edit(HeaderEdit edit, string? condition, SourceSpan at, string? server, int? port)
    {
        string name = texts.Word(edit.Name, at);
        string only = condition is null ? "" : " " + ApacheQuoting.Quote("expr=" + condition);
        TextTemplate[] values = Values(edit);
        if (edit.Drops)
        {
            yield return $"Header unset {name}{only}";
            if (values.Length == 0)
            {
                yield return $"Header always unset {name}{only}";
            }
        }

        foreach (TextTemplate value in values)
        {
            string verb = edit.Drops && value == values[0] ? "set" : "add";
            string? filled = texts.NotEmpty(value, at, server, port);
            string both =
                filled is null ? only
                : condition is null ? " " + filled
                : " " + ApacheQuoting.Quote($"expr=({condition}) && -n \"{texts.Expression(value, at, server, port)}\"");
            yield return $"Header always {verb} {name} {texts.Format(value, at, server, port)}{both}";
        }
    }

    // A field without a value isn't sent.
    private static TextTemplate[] Values(HeaderEdit edit) => [.. edit.Values.Where(static value => value.AsLiteral is not "")];

    private static string If(string? condition) => condition is null ? "" : " " + condition;

    private static string Escape(string name) => Model.Regexes.RegexText.Escape(name, Model.Regexes.RegexDialect.Pcre);

    private static SourceSpan Place(Site site, Route route, HeaderEdit edit, bool request)
    {
        HeaderEdits own = Of(route.Headers, request);
        HeaderEdits rules = own.Names.Contains(edit.Name, StringComparer.OrdinalIgnoreCase) ? own : Of(site.Headers, request);
        return rules.At.Span.IsSome ? rules.At.Span
            : route.At.Wrote(RouteFields.CacheControl) ? route.At.Of(RouteFields.CacheControl)
            : site.At.Span;
    }

    private static HeaderEdits Of(HeaderRules rules, bool request) => request ? rules.Request : rules.Response;
}
