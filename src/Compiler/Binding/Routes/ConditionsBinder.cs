using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds the conditions of a route.</summary>
internal static class ConditionsBinder
{
    public static readonly Rule BadGlob = new("CFG0133", "bad-glob", Severity.Error, "Invalid value of a condition")
    {
        Why =
            "A condition compares with bytes of a request, in which control characters never occur. `*` stands for any bytes, and is the "
            + "only sign with a meaning.",
        Bad =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, match: { header: { X-V: \"2\\n\" } }, proxy: "
            + "\"http://127.0.0.1:3000\" }\n",
        Good =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, match: { header: { X-V: \"2*\" } }, proxy: "
            + "\"http://127.0.0.1:3000\" }\n",
    };

    public static RouteConditions Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return new RouteConditions();
        }

        ObjectReader o = ObjectReader.Open(c, node, MatchFields.Schema);
        o.NotEmpty(MatchFields.Not, "leave it out");
        return c.Written(Block(c, o) with { Not = o.List(MatchFields.Not, n => Excluded(c, n)) });
    }

    private static RouteConditions? Excluded(BindingContext c, SyntaxNode node)
    {
        RouteConditions block = Block(c, ObjectReader.Open(c, node, NotFields.Schema));
        if (node is MapSyntax map && map.Entries.All(IsNothing))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                "'not' without a condition leaves out every request",
                "write what the request may not have, or leave 'not' out"
            );
        }

        return block.Count == 0 ? null : c.Written(block);
    }

    private static bool IsNothing(EntrySyntax entry) =>
        NotFields.Schema.Ignores(entry.Key.Value) || entry.Value is MapSyntax { Entries.Count: 0 };

    private static RouteConditions Block(BindingContext c, ObjectReader o)
    {
        o.NotEmpty(MatchFields.Method, "leave it out for every method");
        o.NotEmpty(MatchFields.Client, "leave it out for every client");
        return new RouteConditions
        {
            At = o.Source,
            Methods = o.List(MatchFields.Method, n => HeaderNames.Token(c, n, "a method")),
            Headers = Values(
                MatchFields.Header,
                e => HeaderNames.Token(c, e.Key, "a header's name") is null ? null : Condition(c, e, null)
            ),
            Query = Values(MatchFields.Query, e => Condition(c, e, ValueRegex.OutsideQuery)),
            Cookies = Values(MatchFields.Cookie, e => HeaderNames.Token(c, e.Key, "a cookie's name") is null ? null : Cookie(c, e)),
            Clients = o.Values(MatchFields.Client, n => CidrReader.Bind(c, n)),
        };

        ValueList<ValueCondition> Values(Field field, Func<EntrySyntax, ValueCondition?> read) =>
            o.Entries(field).Select(read).OfType<ValueCondition>().ToValueList();
    }

    // What no cookie's value can be: it ends at a semicolon, and blanks at its end don't count.
    private static ValueCondition? Cookie(BindingContext c, EntrySyntax entry)
    {
        ValueCondition? condition = Condition(c, entry, ValueRegex.OutsideCookies);
        if (
            condition?.Value is not Glob { Text: var text }
            || (!text.Contains(';', StringComparison.Ordinal) && !text.EndsWith(' ') && !text.EndsWith('\t'))
        )
        {
            return condition;
        }

        c.Diagnostics.Report(
            BadGlob,
            entry.Value.Span,
            "a cookie's value ends before a ';' and the blanks at its end",
            "write each cookie under a key of its own, as '{ a: \"1\", b: \"*\" }'"
        );
        return null;
    }

    private static ValueCondition? Condition(BindingContext c, EntrySyntax entry, AsciiSet? outside)
    {
        if (entry.Value is MapSyntax)
        {
            return IsImpossible(entry.Key.Value) ? Refuse(c, entry.Key, "no request has such a name")
                : Regex(c, entry.Value, outside) is { } regex ? new ValueCondition(entry.Key.Value, regex)
                : null;
        }

        if (entry.Value is not ScalarSyntax { IsNull: false } scalar)
        {
            c.Diagnostics.Report(
                ValueRules.WrongType,
                entry.Value.Span,
                $"expected a text, found {entry.Value.Kind}",
                "as \"2*\"; \"*\" is any value"
            );
            return null;
        }

        if (scalar.IsUnresolved)
        {
            return null;
        }

        string? problem = null;
        bool impossible = scalar.Value.Any(IsControl) || IsImpossible(entry.Key.Value);
        return !impossible && Glob.TryParse(scalar.Value, out Glob? glob, out problem)
            ? new ValueCondition(entry.Key.Value, glob)
            : Refuse(c, scalar, problem ?? "no request has such a value");
    }

    private static ValueRegex? Regex(BindingContext c, SyntaxNode node, AsciiSet? outside)
    {
        ObjectReader o = ObjectReader.Open(c, node, ConditionFields.Schema);
        c.Written(new WrittenFields { At = o.Source });
        SyntaxNode? written = o.Get(ConditionFields.Regex);
        if (RegexReader.Bind(c, written) is not { } pattern)
        {
            return null;
        }

        if (!ValueRegex.TryCreate(pattern, outside, out ValueRegex? regex, out string? problem))
        {
            ScalarReader.Refuse(c, RegexReader.BadRegex, (written ?? node).Span, problem);
        }

        return regex;
    }

    private static bool IsControl(char c) => c is < ' ' or '\x7F';

    private static bool IsImpossible(string name) => name.Length == 0 || name.Any(IsControl);

    private static ValueCondition? Refuse(BindingContext c, ScalarSyntax at, string problem)
    {
        c.Diagnostics.Report(BadGlob, at.Span, problem);
        return null;
    }
}
