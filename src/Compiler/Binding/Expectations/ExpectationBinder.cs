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
        Why = "A test sends one request: `get: URL` (or `head`, `post`, `put`, `patch`, `delete`, `options`), or `request: URL` with `method`.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\ntests:\n  - expect: { status: 200 }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\ntests:\n  - get: http://a.example.com/\n    expect: { status: 200 }\n",
    };

    private static readonly string[] _methods = ["get", "head", "post", "put", "patch", "delete", "options"];

    private static readonly TypeSchema _headers = new TypeSchema.MapOf("header name", TypeSchema.Text);

    public static readonly ObjectSchema Expect = new(
        "expect",
        "What is expected; what is left out is not checked.",
        new("status", TypeSchema.Integer, "The status that the client gets. A stand-in upstream answers 200."),
        new("upstream", TypeSchema.Text, "The upstream's name or URL."),
        new("target", TypeSchema.Text, "The raw target at the upstream.") { Example = "/users" },
        new("route", TypeSchema.Text, "The `path`, `exact` or `regex` of the route that answers.") { Example = "/api" },
        new("location", TypeSchema.Text, "The Location of a redirect."),
        new("headers", _headers, "Headers of the answer; an empty value asserts absence."),
        new("upstream_headers", _headers, "Headers at the upstream; an empty value asserts absence."));

    public static readonly ObjectSchema Schema = new(
        "test",
        "A request, and what its author expects of it. `confgen test` runs it on the model and on real programs.",
        [
            .. _methods.Select(m => new FieldSchema(m, TypeSchema.Text, $"The URL of a {m.ToUpperInvariant()} request.")),
            new("request", TypeSchema.Text, "The URL of a request with another method."),
            new("method", TypeSchema.Text, "The method for `request`.") { Default = "GET" },
            new("headers", _headers, "Request headers."),
            new("from", new TypeSchema.Scalar("address"), "The client's address.") { Default = "a public one", Example = "192.0.2.7" },
            new("body", TypeSchema.Text, "The request's body."),
            new("expect", new TypeSchema.Fields(() => Expect), "What is expected.") { Required = true },
        ])
    {
        OneIsRequired = [.. _methods, "request"],
    };

    public static Expectation? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        string[] requests = [.. _methods.Append("request").Where(o.Has)];
        if (requests.Length != 1)
        {
            c.Diagnostics.Report(NoRequest, node.Span, requests.Length == 0 ? "a test without a request" : $"both '{requests[0]}' and '{requests[1]}'", "as 'get: https://a.example.com/'");
        }

        ExpectedOutcome? expect = o.Get("expect") is { } e ? BindExpect(c, e) : null;
        string? from = o.Text("from");
        if (from is not null && !IpAddresses.TryParse(from, out _))
        {
            c.Diagnostics.Report(ValueRules.BadValue, o.Get("from")?.Span ?? node.Span, $"'{from}' is no address");
        }

        string? url = requests.Length == 1 ? Url(c, o.Get(requests[0])) : null;
        return url is null || expect is null ? null : c.Written(new Expectation
        {
            At = o.Source,
            Method = requests[0] == "request" ? HeaderNames.Token(c, o.Get("method"), "a method") ?? "GET" : requests[0].ToUpperInvariant(),
            Url = url,
            Headers = Pairs(c, o, "headers"),
            From = from,
            Body = o.Text("body"),
            Expect = expect,
        });
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

        c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"'{text}' is no URL with http:// or https://");
        return null;
    }

    private static ExpectedOutcome BindExpect(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Expect);
        return new ExpectedOutcome
        {
            At = o.Source,
            Status = o.Has("status") ? o.Integer("status", 0, 100, 599) : null,
            Upstream = o.Text("upstream"),
            Target = o.Text("target"),
            Route = o.Text("route"),
            Location = o.Text("location"),
            Headers = Pairs(c, o, "headers"),
            UpstreamHeaders = Pairs(c, o, "upstream_headers"),
        };
    }

    private static ValueList<KeyValuePair<string, string>> Pairs(BindingContext c, ObjectReader o, string field) =>
        o.Entries(field)
            .Where(e => HeaderNames.Token(c, e.Key, "a header's name") is not null)
            .Select(e => new KeyValuePair<string, string>(e.Key.Value, e.Value is ScalarSyntax scalar ? scalar.Value : ScalarReader.Text(c, e.Value) ?? ""))
            .ToValueList();
}
