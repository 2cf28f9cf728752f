using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds how addresses in a response are rewritten: <c>auto</c>, <c>off</c> or a map.</summary>
internal static class ResponseRewriteBinder
{
    public static ResponseRewrite? Bind(BindingContext c, SyntaxNode? node)
    {
        switch (node)
        {
            case null or ScalarSyntax { Value: "off" or "false" or "no" }:
                return null;
            case ScalarSyntax { Value: ResponseRewrite.Auto }:
                return new ResponseRewrite { AutoLocation = true, AutoCookiePath = true };
            case ScalarSyntax:
                ScalarReader.Word(c, node, [(ResponseRewrite.Auto, true), ("off", false)]);
                return null;
        }

        ObjectReader o = ObjectReader.Open(c, node, RewriteResponseFields.Schema);
        bool autoLocation = IsAuto(o, RewriteResponseFields.Location);
        bool autoPath = IsAuto(o, RewriteResponseFields.CookiePath);
        return c.Written(
            new ResponseRewrite
            {
                At = o.Source,
                AutoLocation = autoLocation,
                Location = autoLocation ? [] : Mappings(c, o, RewriteResponseFields.Location, Url),
                AutoCookiePath = autoPath,
                CookiePath = autoPath ? [] : Mappings(c, o, RewriteResponseFields.CookiePath, Path),
                CookieDomain = Mappings(c, o, RewriteResponseFields.CookieDomain, Domain),
            }
        );
    }

    private static bool IsAuto(ObjectReader o, Field field) => o.Get(field) is ScalarSyntax { Value: ResponseRewrite.Auto };

    private static ValueList<TextMapping> Mappings(
        BindingContext c,
        ObjectReader o,
        Field field,
        Func<string, TextTemplate, (string? Problem, string? Help)> check
    )
    {
        var mappings = new List<TextMapping>();
        foreach (EntrySyntax entry in o.Entries(field))
        {
            if (TemplateReader.Bind(c, entry.Value, header: true) is not { } to)
            {
                continue;
            }

            (string? problem, string? help) = check(entry.Key.Value, to);
            if (problem is null && Foreign(to, field == RewriteResponseFields.CookieDomain) is { } foreign)
            {
                (problem, help) = ($"'{foreign.Written}' is not replaced here", "'{scheme}' and '{host}' are");
            }

            if (problem is not null)
            {
                c.Diagnostics.Report(ValueRules.BadValue, entry.Value.Span, problem, help);
                continue;
            }

            mappings.Add(
                new TextMapping
                {
                    At = new Source(entry.Value.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), ""),
                    From = field == RewriteResponseFields.CookieDomain ? entry.Key.Value.TrimStart('.') : entry.Key.Value,
                    To = to,
                }
            );
        }

        return mappings.ToValueList();
    }

    // What a request says of itself, beside its scheme and host, would let a client choose where the next one is sent.
    private static TemplatePart? Foreign(TextTemplate to, bool hostAlone)
    {
        foreach (TemplatePart part in to.Parts)
        {
            if (part.Literal is null && part.Placeholder != Placeholder.Host && (hostAlone || part.Placeholder != Placeholder.Scheme))
            {
                return part;
            }
        }

        return null;
    }

    private static (string? Problem, string? Help) Url(string from, TextTemplate to)
    {
        string begin = to.Parts.Count > 0 ? to.Parts[0].Literal ?? "" : "";
        bool isScheme =
            to.Parts is [{ Literal: null, Placeholder: Placeholder.Scheme }, { Literal: ['/', '/', ..] or [':', '/', '/', ..] }, ..];
        return !IsStart(from) || !IsVisible(from)
                ? ($"no URL starts with '{from}'", "write a path, or a scheme with what follows: \"http://\"")
            : (IsStart(begin) || isScheme) && !begin.StartsWith("//", StringComparison.Ordinal) && IsVisible(to) ? (null, null)
            : ($"'{to}' is no start of a URL", "write a path, or a URL: \"{scheme}://{host}/\"");
    }

    private static (string? Problem, string? Help) Path(string from, TextTemplate to) =>
        from.StartsWith('/') && to.AsLiteral is ['/', ..] text && IsVisible(from) && IsVisible(to) && !(from + text).Contains(';')
            ? (null, null)
            : ("a cookie's path starts with '/' and holds no ';'", "as \"/\": \"/app/\"");

    private static (string? Problem, string? Help) Domain(string from, TextTemplate to) =>
        IsName(from) && (to.AsLiteral is not { } text ? to.Parts.Count == 1 : IsName(text))
            ? (null, null)
            : ("a cookie's domain is a host's name", "as app.internal: \"{host}\"");

    private static bool IsName(string text) =>
        HostPattern.TryParse(text.TrimStart('.'), out HostPattern? host, out _) && host.Kind == HostPatternKind.Exact;

    private static bool IsStart(string text) =>
        text.StartsWith('/')
        || text.StartsWith("http://", StringComparison.Ordinal)
        || text.StartsWith("https://", StringComparison.Ordinal);

    private static bool IsVisible(TextTemplate to) => to.Parts.All(p => p.Literal is null || IsVisible(p.Literal));

    // RFC 3986, section 2: a URL is visible ASCII, without what delimits it elsewhere.
    private static bool IsVisible(string text) => text.All(c => c is > ' ' and < '\x7F' and not ('"' or '<' or '>' or '\\' or '^' or '`'));
}
