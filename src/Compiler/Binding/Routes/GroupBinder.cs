using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Gives <c>{path.NAME}</c> the regex whose group it is: that of the route.</summary>
internal static class GroupBinder
{
    /// <summary>The rules for a route of a matcher.</summary>
    public static HeaderRules Bind(BindingContext c, HeaderRules rules, PathMatcher matcher) =>
        rules.Request.IsEmpty && rules.Response.IsEmpty
            ? rules
            : rules with
            {
                Request = Bind(c, rules.Request, matcher),
                Response = Bind(c, rules.Response, matcher),
            };

    /// <summary>The action for a route of a matcher.</summary>
    public static RouteAction Bind(BindingContext c, RouteAction action, PathMatcher matcher) =>
        action is RedirectAction redirect
            ? redirect with
            {
                To = Bind(c, redirect.To, redirect.At.Of(RedirectFields.To), matcher),
            }
            : action;

    /// <summary>Refuses groups in the rules of a site, which has no regex.</summary>
    public static void Refuse(BindingContext c, HeaderRules rules)
    {
        Bind(c, rules.Request, null);
        Bind(c, rules.Response, null);
    }

    private static HeaderEdits Bind(BindingContext c, HeaderEdits edits, PathMatcher? matcher) =>
        edits with
        {
            Set = [.. edits.Set.Select(header => header with { Value = Bind(c, header.Value, header.At.Span, matcher) })],
            Add = [.. edits.Add.Select(header => header with { Value = Bind(c, header.Value, header.At.Span, matcher) })],
        };

    private static TextTemplate Bind(BindingContext c, TextTemplate text, SourceSpan at, PathMatcher? matcher)
    {
        if (!text.Uses(Placeholder.Group))
        {
            return text;
        }

        foreach (TemplatePart part in text.Parts.Where(IsGroup))
        {
            string? problem =
                matcher is null ? "a site has no regex with groups: write the rule in the route"
                : matcher.Kind != PathMatcherKind.Regex ? "the route has no regex with groups: write its path as 'regex'"
                : matcher.Regex is { } regex ? RegexReplacement.GroupProblem(regex, part.Name)
                : null;
            if (problem is not null)
            {
                c.Diagnostics.Report(TemplateReader.BadTemplate, at, $"{part.Written}: {problem}");
            }
        }

        return new TextTemplate(text.Parts.Select(part => IsGroup(part) ? part with { Regex = matcher?.Regex } : part).ToValueList());
    }

    private static bool IsGroup(TemplatePart part) => part is { Literal: null, Placeholder: Placeholder.Group };
}
