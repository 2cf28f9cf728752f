using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Expectations;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Expectations;

/// <summary>Binds what the author expects of a request.</summary>
internal static class ExpectationBinder
{
    public static readonly Rule NoRequest = new("CFG0140", "no-request", Severity.Error, "A test without a request, or with several")
    {
        Why =
            "A test sends one request: `get: URL` (or `head`, `post`, `put`, `patch`, `delete`, `options`), or `request: URL` with "
            + "`method`.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\ntests:\n  - expect: { status: 200 }\n",
        Good =
            "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\ntests:\n  - get: http://a.example.com/\n"
            + "    expect: { status: 200 }\n",
    };

    public static Expectation? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, TestFields.Schema);
        Field[] requests = [.. TestFields.Methods.Append(TestFields.Request).Where(o.Has)];
        if (requests.Length != 1)
        {
            c.Diagnostics.Report(
                NoRequest,
                node.Span,
                requests.Length == 0 ? "a test without a request" : $"both '{requests[0]}' and '{requests[1]}'",
                "as 'get: https://a.example.com/'"
            );
        }

        ExpectedOutcome? expect = o.Get(TestFields.Expect) is { } e ? BindExpect(c, e) : null;
        string? from = o.Text(TestFields.From);
        if (from is not null && !IpAddresses.TryParse(from, out _))
        {
            c.Diagnostics.Report(ValueRules.BadValue, o.Get(TestFields.From)?.Span ?? node.Span, $"invalid address '{from}'");
        }

        string? url = requests.Length == 1 ? Url(c, o.Get(requests[0])) : null;
        return url is null || expect is null
            ? null
            : c.Written(
                new Expectation
                {
                    At = o.Source,
                    Method =
                        requests[0] == TestFields.Request
                            ? HeaderNames.Token(c, o.Get(TestFields.Method), "a method") ?? TestFields.Method.Fallback
                            : requests[0].Name.ToUpperInvariant(),
                    Url = url,
                    Headers = Pairs(c, o, TestFields.Headers),
                    From = from,
                    Body = o.Text(TestFields.Body),
                    Expect = expect,
                }
            );
    }

    private static string? Url(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Text(c, node, "a URL") is not { } text)
        {
            return null;
        }

        bool good = text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
        if (text.Any(static sign => sign is <= ' ' or '\x7F'))
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, "a URL has no blanks", "write %20 for one");
            return null;
        }

        if (good && Uri.TryCreate(text, UriKind.Absolute, out _))
        {
            return text;
        }

        c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"invalid URL '{text}': expected http:// or https://");
        return null;
    }

    private static ExpectedOutcome BindExpect(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, ExpectFields.Schema);
        c.Written(new WrittenFields { At = o.Source });
        return new ExpectedOutcome
        {
            At = o.Source,
            Status = o.Find(ExpectFields.Status),
            Upstream = o.Text(ExpectFields.Upstream),
            Target = o.Text(ExpectFields.Target),
            Route = o.Text(ExpectFields.Route),
            Location = o.Text(ExpectFields.Location),
            Headers = Pairs(c, o, ExpectFields.Headers),
            UpstreamHeaders = Pairs(c, o, ExpectFields.UpstreamHeaders),
        };
    }

    private static ValueList<KeyValuePair<string, string>> Pairs(BindingContext c, ObjectReader o, Field field) =>
        o.Entries(field)
            .Where(e => HeaderNames.Token(c, e.Key, "a header's name") is not null)
            .Select(e => new KeyValuePair<string, string>(
                e.Key.Value,
                e.Value is ScalarSyntax scalar ? scalar.Value : ScalarReader.Text(c, e.Value) ?? ""
            ))
            .ToValueList();
}
