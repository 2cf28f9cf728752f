using System.Globalization;
using System.Text.Json;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>respond</c>, <c>error</c> and <c>redir</c>.</summary>
internal static class RespondReader
{
    public static void Respond(Directive directive, RouteDraft draft)
    {
        string? status = null;
        string? body = null;
        if (directive.Words.Count == 1 && IsStatus(directive.First))
        {
            status = directive.First;
        }
        else if (directive.Words.Count > 0)
        {
            body = directive.First;
            status = directive.Words.Count > 1 ? directive.Words[1] : null;
        }

        foreach (SourceLine line in directive.Line.Block)
        {
            if (line.Name == "body")
            {
                body = line.First;
                line.Entry.Say(draft.Route);
            }
            else
            {
                line.Entry.Tune("a connection may be used again");
            }
        }

        Write(directive.Line, draft, status ?? "200", body ?? "");
    }

    public static void Error(Directive directive, RouteDraft draft)
    {
        foreach (SourceLine line in directive.Line.Block)
        {
            line.Entry.Tune("the message is for handle_errors alone");
        }

        Write(directive.Line, draft, directive.Words is [.., var last] && IsStatus(last) ? last : "500", "");
    }

    public static void Redirect(Directive directive, RouteDraft draft)
    {
        string status = directive.Words.Count > 1 ? directive.Words[1] : "temporary";
        status = status switch
        {
            "temporary" => "302",
            "permanent" => "301",
            _ => status,
        };
        string? template = Placeholders.Template(directive.First, draft, out string? problem);
        if (template is null || status is not ("301" or "302" or "303" or "307" or "308"))
        {
            directive.Line.Entry.Lose(problem ?? $"a redirect has a status of 301, 302, 303, 307 or 308, not '{status}'");
            draft.Refuse("redir " + string.Join(' ', directive.Words));
            return;
        }

        OutputMap redirect = draft.Route.Map("redirect");
        directive.Line.Entry.Say(redirect.Set("to", template), Placeholders.Note(template));
        redirect.Word("status", status);
    }

    private static bool IsStatus(string text) => text is [>= '1' and <= '5', >= '0' and <= '9', >= '0' and <= '9'];

    private static void Write(SourceLine line, RouteDraft draft, string status, string body)
    {
        bool isNumber = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        string? problem =
            Placeholders.IsIn(body) ? "the body of 'respond' is literal, without placeholders"
            : !isNumber || number is < 200 or > 599 ? "'respond' sends statuses from 200 to 599"
            : null;
        if (problem is not null)
        {
            line.Entry.Lose(problem);
            draft.Refuse("respond " + string.Join(' ', line.Arguments));
            return;
        }

        if (body.Length == 0)
        {
            line.Entry.Say(draft.Route.Word("respond", status));
            return;
        }

        OutputMap respond = draft.Route.Map("respond");
        if (number != 200)
        {
            respond.Word("status", status);
        }

        respond.Set("body", body);
        if (IsJson(body))
        {
            respond.Set("content_type", "application/json");
        }

        line.Entry.Say(respond);
    }

    // Caddy says so of what looks like JSON.
    private static bool IsJson(string body)
    {
        if (body.Trim() is not (['{', .., '}'] or ['[', .., ']']))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
