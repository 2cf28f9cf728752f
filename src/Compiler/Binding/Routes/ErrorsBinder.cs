using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds error answers: a map from statuses to pages, with <c>intercept</c> beside them.</summary>
internal static class ErrorsBinder
{
    public static readonly ObjectSchema Page = new(
        "error_page",
        "The answer for an error: exactly one of `file`, `body` and `proxy`.",
        new("file", TypeSchema.Path, "A file whose content is the body.") { Example = "/var/www/maintenance.html" },
        new("body", TypeSchema.Text, "The body itself, as it is.") { Example = "back soon" },
        new("content_type", TypeSchema.Text, "The Content-Type of `body`.") { Default = "text/plain; charset=utf-8" },
        new("proxy", TypeSchema.Text, "An upstream, by name or URL, that gets the request whole; its answer and its status are the client's."),
        new("status", TypeSchema.Integer, "The status sent with a file or a body; the error's own unless written.") { Example = "503" });

    public static readonly ObjectSchema Schema = new(
        "errors",
        "Answers for the proxy's own errors. Any other key is a status (`502`) or a class (`5xx`), and its value an error page.",
        new FieldSchema("intercept", new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true), "Statuses of the upstream that are treated like the proxy's own.") { Example = "[5xx]" })
    {
        OtherKeys = new TypeSchema.MapOf("status", new TypeSchema.Fields(() => Page)),
    };

    public static ErrorRules Bind(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { IsUnresolved: true })
        {
            return new ErrorRules();
        }

        if (node is not MapSyntax map)
        {
            c.Diagnostics.Report(ValueRules.WrongType, node.Span, $"expected a map from statuses to pages, found {node.Kind}", "as { 502: { body: sorry } }");
            return new ErrorRules();
        }

        var pages = new List<ErrorPage>();
        var own = new List<EntrySyntax>();
        var seen = new Dictionary<StatusPattern, EntrySyntax>();
        foreach (EntrySyntax entry in map.Entries)
        {
            if (Schema.Find(entry.Key.Value) is not null)
            {
                own.Add(entry);
            }
            else if (StatusReader.Bind(c, entry.Key) is { } when)
            {
                if (!seen.TryAdd(when, entry))
                {
                    c.Diagnostics.Report(YamlReader.DuplicateKey, entry.Key.Span, $"{when} has a page already", "keep one of them", new RelatedSpan(seen[when].Key.Span, "the first one"));
                }
                else if (BindPage(c, when, entry.Value) is { } page)
                {
                    pages.Add(page);
                }
            }
        }

        ObjectReader o = ObjectReader.Open(c, new MapSyntax(own, map.Span), Schema);
        return c.Written(new ErrorRules
        {
            At = o.Source,
            Pages = pages.ToValueList(),
            Intercept = o.List("intercept", n => StatusReader.Bind(c, n)),
        });
    }

    private static ErrorPage? BindPage(BindingContext c, StatusPattern when, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Page);
        string[] chosen = [.. new[] { "file", "body", "proxy" }.Where(o.Has)];
        if (node is not MapSyntax)
        {
            return null;
        }

        if (chosen.Length != 1)
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, chosen.Length == 0 ? "an error page that says nothing" : $"an error page with {string.Join(" and ", chosen)}", "give one of 'file', 'body' and 'proxy'");
            return null;
        }

        foreach (string field in (string[])(chosen[0] switch { "body" => [], "file" => ["content_type"], _ => ["content_type", "status"] }))
        {
            if (o.Has(field))
            {
                c.Diagnostics.Report(ValueRules.BadValue, o.KeySpan(field), $"'{field}' beside '{chosen[0]}'", chosen[0] == "file" ? "the file's name tells its type" : "the upstream's own is sent");
            }
        }

        int? status = o.Has("status") ? o.Integer("status", 0, 200, 599) : null;
        return c.Written(new ErrorPage
        {
            At = o.Source,
            When = when,
            File = FileReference.File(c, o.Get("file")),
            Body = o.Text("body"),
            ContentType = ContentTypes.Bind(c, o.Get("content_type")) ?? "text/plain; charset=utf-8",
            Proxy = o.Get("proxy") is { } proxy ? UpstreamReference.Bind(c, proxy)?.Upstream : null,
            Status = status is 0 ? null : status,
        });
    }
}
