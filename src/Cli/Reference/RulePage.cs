using System.Text;
using System.Text.Json;
using Confgen.Cli.Output;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Reference;

/// <summary>A rule's help page: its own text, in the form that is asked for.</summary>
internal static class RulePage
{
    /// <summary>For a terminal.</summary>
    public static string Text(Rule rule, Paint paint)
    {
        string severity = SeverityWord.Of(rule.Severity);
        string shown = rule.Severity switch
        {
            Severity.Error => paint.Red(severity),
            Severity.Warning => paint.Yellow(severity),
            _ => paint.Cyan(severity),
        };
        var page = new StringBuilder();
        page.Append(paint.Bold($"{rule.Code} {rule.Name}")).Append($" ({shown})\n\n{rule.Title}.\n\n{rule.Why}\n");
        Example(page, paint.Red("Wrong:"), rule.Bad);
        Files(page, rule);
        Example(page, paint.Green("Right:"), rule.Good);
        page.Append('\n').Append(Silence(rule)).Append('\n');
        return page.ToString();
    }

    /// <summary>For the documentation.</summary>
    public static string Markdown(Rule rule)
    {
        var page = new StringBuilder();
        page.Append(
            $"# {rule.Code}: {rule.Name}\n\n{rule.Title}. Severity: "
                + $"{SeverityWord.Of(rule.Severity)}.{(rule.Target is { } target ? $" Found while rendering, here for {target}." : "")}\n\n"
                + $"{rule.Why}\n\n"
        );
        page.Append($"Wrong:\n\n```{rule.Language}\n{rule.Bad}```\n\n");
        foreach ((string name, string text) in rule.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            page.Append($"with `{name}` beside it:\n\n```\n{text}```\n\n");
        }

        page.Append($"Right:\n\n```{rule.Language}\n{rule.Good}```\n\n{Silence(rule)}\n");
        return page.ToString();
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<Rule> rules)
    {
        json.WriteStartArray();
        foreach (Rule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("code", rule.Code);
            json.WriteString("name", rule.Name);
            json.WriteString("severity", SeverityWord.Of(rule.Severity));
            json.WriteString("title", rule.Title);
            json.WriteString("why", rule.Why);
            json.WriteString("wrong", rule.Bad);
            json.WriteString("right", rule.Good);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Silence(Rule rule)
    {
        if (rule.Severity == Severity.Error)
        {
            return "An error can't be silenced.";
        }

        string comment = $"To accept it on one line, end that line with `# confgen: ignore {rule.Code} because ...`";
        return $"{comment}; for a whole spec, write `lint: {{ {rule.Code}: off }}`.";
    }

    private static void Example(StringBuilder page, string head, string spec)
    {
        page.Append($"\n{head}\n\n");
        foreach (string line in Lines(spec))
        {
            page.Append($"    {Visible.Text(line)}".TrimEnd()).Append('\n');
        }
    }

    private static void Files(StringBuilder page, Rule rule)
    {
        foreach ((string name, string text) in rule.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Example(page, $"with {name} beside it:", text);
        }
    }

    private static string[] Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
