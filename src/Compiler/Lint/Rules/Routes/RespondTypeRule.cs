using System.Text.Json;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>A text is what its Content-Type says.</summary>
internal sealed class RespondTypeRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0389",
        "body-type-mismatch",
        Severity.Warning,
        "JSON or HTML that is sent as plain text"
    )
    {
        Why =
            "A `body` is `text/plain` unless `content_type` says otherwise: browsers then show HTML as source, and many clients refuse "
            + "JSON.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { exact: /status, respond: { body: '{"up": true}' } }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { exact: /status, respond: { body: '{"up": true}', content_type: application/json } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is RespondAction respond && Expected(respond.Body, respond.ContentType) is { } type)
            {
                context.Report(
                    respond.At.Span.IsSome ? respond.At.Of(RespondFields.Body) : route.At.Of(RouteFields.Respond),
                    $"this is sent as {respond.ContentType}",
                    $"add 'content_type: {type}'"
                );
            }

            foreach (ErrorPage page in route.Errors.Pages)
            {
                if (page.Body is { } body && Expected(body, page.ContentType) is { } expected)
                {
                    context.Report(
                        page.At.Of(ErrorPageFields.Body),
                        $"this is sent as {page.ContentType}",
                        $"add 'content_type: {expected}'"
                    );
                }
            }
        }
    }

    private static string? Expected(string body, string type)
    {
        if (!type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        ReadOnlySpan<char> text = body.AsSpan().Trim();
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? "text/html; charset=utf-8"
            : text is ['{', .., '}'] or ['[', .., ']'] && IsJson(body) ? "application/json"
            : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
