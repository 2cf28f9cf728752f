using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds header rules.</summary>
internal static class HeaderEditsBinder
{
    public static readonly Rule ManagedHeader = new("CFG0128", "managed-header", Severity.Error, "A header that the proxy itself manages")
    {
        Why =
            "These headers frame the message or belong to one connection (RFC 9110, section 7.6.1), so a rule about them would break it. "
            + "For `Host` there is the route's `host:`; upgrades have `websocket:`.",
        Bad =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { request: { set: { Content-Length: \"5\" } } }\n",
        Good =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    headers: { request: { set: { X-Length: \"5\" } } }\n",
    };

    public static HeaderRules Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return new HeaderRules();
        }

        ObjectReader o = ObjectReader.Open(c, node, HeadersFields.Schema);
        return c.Written(
            new HeaderRules
            {
                At = o.Source,
                Request = o.Get(HeadersFields.Request) is { } request ? BindDirection(c, request, request: true) : new HeaderEdits(),
                Response = o.Get(HeadersFields.Response) is { } response ? BindDirection(c, response, request: false) : new HeaderEdits(),
            }
        );
    }

    public static HeaderName? Name(BindingContext c, SyntaxNode node) =>
        HeaderNames.Token(c, node, "a header's name") is { } name ? new HeaderName { Name = name, At = At(node.Span) } : null;

    private static HeaderEdits BindDirection(BindingContext c, SyntaxNode node, bool request)
    {
        ObjectReader o = ObjectReader.Open(c, node, HeaderRulesFields.Schema);
        if (request && o.Has(HeaderRulesFields.On))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                o.KeySpan(HeaderRulesFields.On),
                "'on' in rules for requests, which have no status yet",
                "remove it"
            );
        }

        return c.Written(
            new HeaderEdits
            {
                At = o.Source,
                OnSuccess = o.Read(HeaderRulesFields.On),
                Set = o.Entries(HeaderRulesFields.Set).Select(e => Value(c, e.Key, e.Value, request)).OfType<HeaderValue>().ToValueList(),
                Add = o.Entries(HeaderRulesFields.Add)
                    .SelectMany(e => (e.Value is ListSyntax list ? list.Items : [e.Value]).Select(v => Value(c, e.Key, v, request)))
                    .OfType<HeaderValue>()
                    .ToValueList(),
                Remove = o.List(
                    HeaderRulesFields.Remove,
                    n => Name(c, n) is { } name && Allowed(c, name.Name, n.Span, request) ? name : null
                ),
            }
        );
    }

    private static HeaderValue? Value(BindingContext c, ScalarSyntax key, SyntaxNode node, bool request)
    {
        string? name = HeaderNames.Token(c, key, "a header's name");
        TextTemplate? value = TemplateReader.Bind(c, node, header: true);
        return name is not null && value is not null && Allowed(c, name, key.Span, request)
            ? new HeaderValue
            {
                Name = name,
                Value = value,
                At = At(node.Span),
            }
            : null;
    }

    private static bool Allowed(BindingContext c, string name, SourceSpan span, bool request)
    {
        bool host = request && name.Equals("host", StringComparison.OrdinalIgnoreCase);
        if (!host && !HeaderRulesFields.Managed.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        string hint =
            host ? "remove the rule: the upstream gets the client's Host; the route's 'host:' says another one"
            : name.ToLowerInvariant() is "upgrade" or "connection"
                ? "remove the rule: WebSocket upgrades pass by themselves, and 'websocket: true' lets them idle for an hour"
            : "remove the rule";
        c.Diagnostics.Report(ManagedHeader, span, $"'{name}' is managed by the proxy", hint);
        return false;
    }

    private static Source At(SourceSpan span) => new(span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "");
}
