using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads rules for fields: <c>header</c>, <c>request_header</c>, <c>header_up</c> and <c>header_down</c>.</summary>
internal static class HeadersReader
{
    private const string Implied = "confgen sends it by itself";

    // What a response has by itself can only be replaced.
    private static readonly string[] _single = ["Content-Type", "Location", "Server", "Content-Disposition"];

    public static void Read(Directive directive, RouteDraft draft)
    {
        bool isRequest = directive.Line.Name == "request_header";
        if (isRequest && draft.Route["proxy"] is null)
        {
            directive.Line.TuneAll("only upstreams see it");
            return;
        }

        // Set before the upstream responds, a field stands beside the upstream's own; a removal, as `defer`, makes all rules wait.
        bool waits =
            isRequest
            || directive.Line.Block.Exists(l => l.Name is "defer" or ['-' or '>' or '?', ..])
            || directive.First is ['-' or '>' or '?', ..];
        if (directive.Words.Count > 0)
        {
            One(directive.Line, directive.Words, isRequest, draft, waits);
        }
        else
        {
            directive.Line.Entry.Say(draft.Route);
        }

        foreach (SourceLine line in directive.Line.Block)
        {
            if (line.Name == "defer")
            {
                line.Entry.Imply("rules for fields apply to the response as it is sent");
            }
            else if (line.Name == "match")
            {
                line.LoseAll("rules hold for every response, or for successful ones");
            }
            else
            {
                One(line, [.. line.Words.Select(w => w.Text)], isRequest, draft, waits);
            }
        }
    }

    /// <summary>Writes one rule.</summary>
    /// <param name="line">The line that says it.</param>
    /// <param name="words">The field, with a sign before it, and the value.</param>
    /// <param name="isRequest">Whether it is for the request.</param>
    /// <param name="draft">The route.</param>
    /// <param name="replaces">Whether it replaces what the message has of the field.</param>
    public static void One(SourceLine line, IReadOnlyList<string> words, bool isRequest, RouteDraft draft, bool replaces = true)
    {
        (char sign, string name) = words[0] is ['+' or '-' or '?' or '>', .. var rest] ? (words[0][0], rest) : (' ', words[0]);
        if (words.Count > 2)
        {
            line.Entry.Lose("a part of a value can't be replaced");
            return;
        }

        if (sign == '-')
        {
            Remove(line, name, isRequest, draft);
            return;
        }

        if (sign == '?')
        {
            line.Entry.Lose("a rule holds whether the field is there or not");
            return;
        }

        string? value = Placeholders.Template(words.Count > 1 ? words[1] : "", draft, out string? problem);
        if (value is null)
        {
            line.Entry.Lose(problem ?? "");
            return;
        }

        if (isRequest && sign != '+' && IsIdentity(name, value))
        {
            line.Entry.Imply(Implied);
            return;
        }

        if (isRequest && string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase))
        {
            Host(line, value, draft);
            return;
        }

        if (
            !isRequest
            && string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase)
            && draft.Route["respond"] is OutputMap respond
            && !value.Contains('{', StringComparison.Ordinal)
        )
        {
            line.Entry.Say(respond.Set("content_type", value));
            return;
        }

        OutputMap rules = draft.Route.Map("headers").Map(isRequest ? "request" : "response");
        bool isAdded = sign == '+' || (!replaces && !_single.Contains(name, StringComparer.OrdinalIgnoreCase));
        line.Entry.Say(rules.Map(isAdded ? "add" : "set").Set(name, value), Placeholders.Note(value));
    }

    private static void Remove(SourceLine line, string name, bool isRequest, RouteDraft draft)
    {
        if (name.Contains('*', StringComparison.Ordinal))
        {
            line.Entry.Lose("fields are removed by their whole names");
            return;
        }

        OutputMap rules = draft.Route.Map("headers").Map(isRequest ? "request" : "response");
        line.Entry.Say(rules.List("remove").Add(new OutputText(name)));
    }

    private static void Host(SourceLine line, string value, RouteDraft draft)
    {
        if (value is "{host}")
        {
            line.Entry.Imply("Host is the client's");
        }
        else if (value is "{upstream_hostport}")
        {
            line.Entry.Say(draft.Route.Set("host", new OutputText("upstream", isWord: true)));
        }
        else if (value.Contains('{', StringComparison.Ordinal))
        {
            line.Entry.Lose("Host is the client's, the upstream's or a text");
        }
        else
        {
            line.Entry.Say(draft.Route.Set("host", value));
        }
    }

    private static bool IsIdentity(string name, string value) =>
        name.ToUpperInvariant() switch
        {
            "X-REAL-IP" or "X-FORWARDED-FOR" => value == "{client_ip}",
            "X-FORWARDED-PROTO" => value is "http" or "https" or "{scheme}",
            "X-FORWARDED-HOST" => value.StartsWith("{host}", StringComparison.Ordinal),
            "CONNECTION" => value is "{header.Connection}" or "Upgrade" or "upgrade",
            "UPGRADE" => value is "{header.Upgrade}" or "websocket",
            _ => false,
        };
}
