using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds error responses: a map from statuses to pages, with <c>intercept</c> beside them.</summary>
internal static class ErrorsBinder
{
    public static ErrorRules Bind(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { IsUnresolved: true })
        {
            return new ErrorRules();
        }

        if (node is not MapSyntax map)
        {
            c.Diagnostics.Report(
                ValueRules.WrongType,
                node.Span,
                $"expected a map from statuses to pages, found {node.Kind}",
                "as { 502: { body: sorry } }"
            );
            return new ErrorRules();
        }

        var pages = new List<ErrorPage>();
        var own = new List<EntrySyntax>();
        var seen = new Dictionary<StatusPattern, EntrySyntax>();
        foreach (EntrySyntax entry in map.Entries)
        {
            if (ErrorsFields.Schema.Find(entry.Key.Value) is not null)
            {
                own.Add(entry);
            }
            else if (StatusReader.Bind(c, entry.Key) is { } when)
            {
                if (!seen.TryAdd(when, entry))
                {
                    c.Diagnostics.Report(
                        YamlReader.DuplicateKey,
                        entry.Key.Span,
                        $"{when} has a page already",
                        "keep one of them",
                        new RelatedSpan(seen[when].Key.Span, "the first one")
                    );
                }
                else if (BindPage(c, when, entry.Value) is { } page)
                {
                    pages.Add(page);
                }
            }
        }

        ObjectReader o = ObjectReader.Open(c, new MapSyntax(own, map.Span), ErrorsFields.Schema);
        return c.Written(
            new ErrorRules
            {
                At = o.Source,
                Pages = pages.ToValueList(),
                Intercept = o.List(ErrorsFields.Intercept, n => StatusReader.Bind(c, n)),
            }
        );
    }

    private static ErrorPage? BindPage(BindingContext c, StatusPattern when, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, ErrorPageFields.Schema);
        Field[] chosen = [.. new Field[] { ErrorPageFields.File, ErrorPageFields.Body, ErrorPageFields.Proxy }.Where(o.Has)];
        if (node is not MapSyntax)
        {
            return null;
        }

        if (chosen.Length != 1)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                chosen.Length == 0
                    ? "an error page that says nothing"
                    : $"an error page with {string.Join(" and ", chosen.Select(f => f.Name))}",
                "give one of 'file', 'body' and 'proxy'"
            );
            return null;
        }

        Field[] excluded =
            chosen[0] == ErrorPageFields.Body ? []
            : chosen[0] == ErrorPageFields.File ? [ErrorPageFields.ContentType]
            : [ErrorPageFields.ContentType, ErrorPageFields.Status];
        foreach (Field field in excluded)
        {
            if (o.Has(field))
            {
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    o.KeySpan(field),
                    $"'{field}' beside '{chosen[0]}'",
                    chosen[0] == ErrorPageFields.File ? "the file's name tells its type" : "the upstream's own is sent"
                );
            }
        }

        int? status = o.Find(ErrorPageFields.Status);
        return c.Written(
            new ErrorPage
            {
                At = o.Source,
                When = when,
                File = FileReference.File(c, o.Get(ErrorPageFields.File)),
                Body = o.Text(ErrorPageFields.Body),
                ContentType = ContentTypes.Bind(c, o.Get(ErrorPageFields.ContentType)) ?? ErrorPageFields.ContentType.Fallback,
                Proxy = o.Get(ErrorPageFields.Proxy) is { } proxy ? UpstreamReference.Bind(c, proxy)?.Upstream : null,
                Status = status is 0 ? null : status,
            }
        );
    }
}
