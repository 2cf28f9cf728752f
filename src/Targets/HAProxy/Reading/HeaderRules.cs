using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads what a section does to the fields and to the path of every request.</summary>
internal static class HeaderRules
{
    private static readonly string[] _sent = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"];

    /// <summary>Whether the line is one of these.</summary>
    public static bool IsOne(SourceLine line) =>
        line[0] is "http-request" or "http-response" or "http-after-response"
        && line[1] is "set-header" or "add-header" or "del-header" or "set-path" or "replace-path";

    /// <summary>Writes the lines of a section into a route that forwards.</summary>
    public static void Write(SourceSection section, OutputMap route)
    {
        foreach (SourceLine line in section.Lines.Where(IsOne))
        {
            bool isConditional = line.Words.Any(static word => word is "if" or "unless");
            string name = line[2].ToLowerInvariant();
            bool isRequest = line[0] == "http-request";
            if (isRequest && line[1] is "set-path" or "replace-path")
            {
                Rewrite(line, isConditional, route);
            }
            else if (isRequest && (_sent.Contains(name) || name is "x-forwarded-port" or "x-forwarded-ssl"))
            {
                if (_sent.Contains(name))
                {
                    line.Entry.Imply("upstreams get it whatever the spec says");
                }
                else
                {
                    line.Entry.Lose("upstreams get X-Forwarded-Proto and the Host of the client instead");
                }
            }
            else if (isConditional)
            {
                line.Entry.Lose("a rule on fields with a condition: rules hold for every request of a route");
            }
            else
            {
                Write(line, isRequest, route);
            }
        }

        foreach (SourceLine forwarded in section.All("option", "forwardfor"))
        {
            if (forwarded[2] is "header" or "except")
            {
                forwarded.Entry.Lose("X-Forwarded-For is sent of every client, under this name");
            }
            else
            {
                forwarded.Entry.Imply("upstreams get X-Forwarded-For whatever the spec says");
            }
        }
    }

    private static void Write(SourceLine line, bool isRequest, OutputMap route)
    {
        string? value = line[1] == "del-header" ? "" : Formats.Template(line[3]);
        if (value is null || (line[1] == "del-header" && line.Words.Count > 3))
        {
            line.Entry.Lose(value is null ? "a value that a spec has no placeholder for" : "fields by a pattern of their names");
            return;
        }

        if (isRequest && line[1] == "set-header" && line[2].Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            if (value == "{host}")
            {
                line.Entry.Imply("the upstream sees the client's Host");
            }
            else if (value.Contains('{', StringComparison.Ordinal))
            {
                line.Entry.Lose("a Host with a placeholder");
            }
            else
            {
                line.Entry.Say(route.Set("host", value));
            }

            return;
        }

        if (line[2].Equals("strict-transport-security", StringComparison.OrdinalIgnoreCase) && !isRequest)
        {
            Say(line, route.Map("headers").Map("response").Map("set"), "Strict-Transport-Security", value);
            return;
        }

        OutputMap rules = route.Map("headers").Map(isRequest ? "request" : "response");
        switch (line[1])
        {
            case "set-header":
                Say(line, rules.Map("set"), line[2], value);
                break;
            case "add-header":
                Say(line, rules.Map("add"), line[2], value);
                break;
            default:
                line.Entry.Say(rules.List("remove").Add(new OutputText(line[2])));
                break;
        }
    }

    private static void Say(SourceLine line, OutputMap map, string name, string value) => line.Entry.Say(map.Set(name, value));

    private static void Rewrite(SourceLine line, bool isConditional, OutputMap route)
    {
        (string regex, string to)? rewrite = line[1] == "replace-path" ? (line[2], line[3]) : FromPath(line[2]);
        if (isConditional || rewrite is not { } found || found.to.Contains('%', StringComparison.Ordinal) || route["rewrite"] is not null)
        {
            line.Entry.Lose("a spec rewrites a path by one regex, without a condition");
            return;
        }

        string target = System.Text.RegularExpressions.Regex.Replace(
            found.to.Replace("$", "$$", StringComparison.Ordinal),
            @"\\(?<group>[0-9])",
            static match => "$" + match.Groups["group"].Value,
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        var map = new OutputMap();
        map.Set("regex", found.regex);
        map.Set("to", target);
        line.Entry.Say(route.Set("rewrite", map));
    }

    // `%[path,regsub(^/x/,/)]`
    private static (string, string)? FromPath(string format)
    {
        const string begin = "%[path,regsub(";
        if (!format.StartsWith(begin, StringComparison.Ordinal) || !format.EndsWith(")]", StringComparison.Ordinal))
        {
            return null;
        }

        string[] arguments = [.. format[begin.Length..^2].Split(',').Select(static a => a.Trim('"', '\''))];
        return arguments.Length == 2 ? (arguments[0], arguments[1]) : null;
    }
}
