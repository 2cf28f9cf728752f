using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds what a route does: exactly one of <c>proxy</c>, <c>respond</c>, <c>files</c>, <c>redirect</c>, <c>fastcgi</c>.</summary>
internal static class ActionBinder
{
    public static readonly Rule NotOneAction = new(
        "CFG0136",
        "not-one-action",
        Severity.Error,
        "A route without an action, or with several"
    )
    {
        Why = "A route has exactly one of `proxy`, `respond`, `files`, `redirect` and `fastcgi`.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule NeedsProxy = new("CFG0137", "needs-proxy", Severity.Error, "A field that only a proxied route has")
    {
        Why = "The field says how a request is forwarded, and this route forwards none.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, respond: ok, sse: true }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, respond: ok }\n",
    };

    private static readonly Field[] _actions =
    [
        RouteFields.Proxy,
        RouteFields.Respond,
        RouteFields.Files,
        RouteFields.Redirect,
        RouteFields.FastCgi,
    ];

    public static RouteAction? Bind(BindingContext c, ObjectReader o, Inherited inherited)
    {
        Field[] written = [.. _actions.Where(o.Has)];
        if (written.Length == 0 && _actions.Any(o.Meant))
        {
            return null;
        }

        if (written.Length != 1)
        {
            string message =
                written.Length == 0 ? "a route that says nothing to do" : $"a route with both '{written[0]}' and '{written[1]}'";
            c.Diagnostics.Report(
                NotOneAction,
                written.Length == 0 ? o.Node.Span : o.KeySpan(written[1]),
                message,
                written is [{ Name: "proxy" }, { Name: "files" }] or [{ Name: "files" }, { Name: "fastcgi" }]
                    ? "write 'files_first' for 'files', which sends a file where there is one and asks the upstream for the rest"
                    : "give one of 'proxy', 'respond', 'files', 'redirect' and 'fastcgi'"
            );
            return null;
        }

        if (written[0] == RouteFields.FastCgi)
        {
            FastCgiBinder.CheckBeside(c, o);
        }
        else if (written[0] != RouteFields.Proxy)
        {
            foreach (Field field in RouteFields.OfProxy.Where(o.Has))
            {
                c.Diagnostics.Report(
                    NeedsProxy,
                    o.KeySpan(field),
                    $"'{field}' in a route that does not proxy",
                    $"remove it, or exchange '{written[0]}' for 'proxy'"
                );
            }
        }

        SyntaxNode node = o.Get(written[0]) ?? o.Node;
        return written[0].Name switch
        {
            "proxy" => ProxyBinder.Bind(c, o, node, inherited),
            "respond" => BindRespond(c, node),
            "redirect" => BindRedirect(c, node),
            "fastcgi" => FastCgiBinder.Bind(c, o, node, inherited),
            _ => FilesBinder.Bind(c, node),
        };
    }

    private const string OfRedirect =
        "a redirect's status belongs to 'redirect': write 'redirect: { to: https://example.com{uri}, status: ";

    private static RouteAction BindRespond(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { IsQuoted: false, Value: CloseAction.Word })
        {
            return new CloseAction();
        }

        if (node is ScalarSyntax { IsQuoted: false, Value: "444" })
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                "444 is what nginx closes the connection for",
                Advice.Replace(node.Span, CloseAction.Word)
            );
            return new CloseAction();
        }

        if (node is ScalarSyntax scalar)
        {
            if (!scalar.IsQuoted && IsRedirect(scalar.Value))
            {
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    node.Span,
                    $"'respond' with the status {scalar.Value}",
                    OfRedirect + scalar.Value + " }'"
                );
            }

            int status = 0;
            bool isStatus =
                !scalar.IsQuoted
                && int.TryParse(scalar.Value, System.Globalization.NumberStyles.None, null, out status)
                && status is >= 200 and <= 599;
            if (!isStatus && !scalar.IsQuoted && status > 0)
            {
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    node.Span,
                    $"status {scalar.Value} can't be sent",
                    "it may be 200 to 599; a number in quotes is a body"
                );
            }

            RespondAction alone = isStatus ? new RespondAction { Status = status } : new RespondAction { Body = scalar.Value };
            return c.Written(
                alone with
                {
                    At = ObjectReader.OfShort(node, RespondFields.Schema, isStatus ? RespondFields.Status : RespondFields.Body),
                }
            );
        }

        ObjectReader o = ObjectReader.Open(c, node, RespondFields.Schema);
        if (o.Get(RespondFields.Status) is ScalarSyntax { Value: var written } at && IsRedirect(written))
        {
            c.Diagnostics.Report(ValueRules.BadValue, at.Span, $"'respond' with the status {written}", OfRedirect + written + " }'");
        }

        var plain = new RespondAction();
        string body = o.Get(RespondFields.Body) switch
        {
            null => "",
            ScalarSyntax text => text.Value,
            { } other => ScalarReader.Text(c, other) ?? "",
        };
        return c.Written(
            plain with
            {
                At = o.Source,
                Status = o.Read(RespondFields.Status),
                Body = body,
                ContentType = ContentTypes.Bind(c, o.Get(RespondFields.ContentType)) ?? plain.ContentType,
            }
        );
    }

    private static bool IsRedirect(string status) => status is "301" or "302" or "303" or "307" or "308";

    private static RedirectAction? BindRedirect(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { Value: [>= '0' and <= '9', _, _, ' ', ..] } nginx && IsRedirect(nginx.Value[..3]))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                "a status before the URL",
                Advice.Replace(node.Span, $"{{ to: {YamlScalar.Of(nginx.Value[4..])}, status: {nginx.Value[..3]} }}")
            );
            return null;
        }

        if (node is ScalarSyntax)
        {
            return TemplateReader.Bind(c, node, header: true) is { } alone
                ? c.Written(new RedirectAction { At = ObjectReader.OfShort(node, RedirectFields.Schema, RedirectFields.To), To = alone })
                : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, RedirectFields.Schema);
        int status = o.Read(RedirectFields.Status);
        return o.Get(RedirectFields.To) is { } to && TemplateReader.Bind(c, to, header: true) is { } template
            ? c.Written(
                new RedirectAction
                {
                    At = o.Source,
                    To = template,
                    Status = status,
                }
            )
            : null;
    }
}
