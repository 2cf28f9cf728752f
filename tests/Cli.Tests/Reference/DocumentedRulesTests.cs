using System.Text.Json;
using System.Text.RegularExpressions;
using Confgen.Cli.Reference;
using Confgen.Cli.Tests.World;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Tests.Reference;

/// <summary>
/// What a reader of <c>docs/diagnostics</c> gets who tries the examples: the wrong one raises its rule, its edits lead out of it, and the
/// right one is taken.
/// </summary>
public sealed class DocumentedRulesTests
{
    // A fault that hides another: the edit of the first is right, and the second is told then.
    private static readonly Dictionary<string, string> _leadsOnTo = new() { ["CFG0100"] = "CFG0136" };

    // What holds for every spec, or for one without tunnels.
    private static readonly string[] _withoutLine = ["CFG0402", "CFG0640"];

    private static readonly string[] _elsewhere =
    [
        // Files of the host that will run the output.
        "CFG0391",
        // What an installed program says: VerifyTests.
        "CFG0450",
        "CFG0451",
        "CFG0452",
    ];

    public static TheoryData<string> OfSpecs =>
        [.. AllRules.ByCode.Where(r => r.Language != "sh" && !_elsewhere.Contains(r.Code)).Select(r => r.Code)];

    public static TheoryData<string> WithEdits => [.. OfSpecs.Select(r => r.Data).Where(HasFix)];

    [Theory]
    [MemberData(nameof(OfSpecs))]
    public void The_wrong_example_raises_the_rule_at_a_line(string code)
    {
        using Session session = Start(code, "Wrong");
        JsonElement[] own = [.. Said(session, code).Where(d => Code(d) == code)];
        Assert.NotEmpty(own);
        Assert.All(own, d => Assert.Contains($"docs/diagnostics/{code}.md", d.GetProperty("help").GetString(), StringComparison.Ordinal));
        Assert.All(own, d => Assert.True(d.TryGetProperty("line", out _) || _withoutLine.Contains(code), $"{code} has no line"));
    }

    [Theory]
    [MemberData(nameof(OfSpecs))]
    public void The_right_example_is_taken(string code)
    {
        using Session session = Start(code, "Right");
        Severity least = AllRules.Find(code)!.Target is null ? Severity.Warning : Severity.Error;
        Assert.Equal([], Said(session, code).Where(d => Of(d) >= least || (Code(d) == code && Of(d) > Severity.Info)).Select(Shown));
        session.Run(Call(session, code)).Gives(0);
    }

    [Theory]
    [MemberData(nameof(WithEdits))]
    public void The_edits_lead_out_of_it(string code)
    {
        using Session session = Start(code, "Wrong");
        string edited = Edited(session.Read("confgen.yaml"), Said(session, code));
        session.Run("validate", "--fix");
        Assert.Equal(session.Read("confgen.yaml"), edited);
        Assert.Equal(
            _leadsOnTo.TryGetValue(code, out string? next) ? [next] : [],
            Said(session, code).Where(d => Of(d) >= Severity.Warning).Select(Code)
        );
    }

    [Theory]
    [InlineData("CFG0500", 2)]
    [InlineData("CFG0501", 2)]
    [InlineData("CFG0502", 2)]
    [InlineData("CFG0503", 2)]
    [InlineData("CFG0504", 2)]
    [InlineData("CFG0505", 3)]
    [InlineData("CFG0506", 1)]
    [InlineData("CFG0508", 2)]
    public void A_command_fails_as_its_page_says_and_the_right_one_does_not(string code, int status)
    {
        using Session session = new Session { Targets = null }
            .With("confgen.yaml", "include: sites/a.yaml\nupstreams: { app: \"http://127.0.0.1:3000\" }\n")
            .With("sites/a.yaml", "sites:\n  - { host: b.example.com, proxy: app }\n");
        Assert.Contains(code, Told("Wrong", status), StringComparison.Ordinal);
        Assert.DoesNotContain(code, Told("Right", 0), StringComparison.Ordinal);

        string Told(string which, int expected)
        {
            Said said = session.Run([.. Words(code, which), "--format", "json"]).Gives(expected);
            return said.Out + said.Error;
        }
    }

    private static bool HasFix(string code)
    {
        using Session session = Start(code, "Wrong");
        return Said(session, code).Any(d => d.TryGetProperty("fix", out _) && Code(d) == code);
    }

    private static Session Start(string code, string which)
    {
        string page = Page(code);
        Session session = new Session { Targets = null }.With("confgen.yaml", Example(page, which));
        foreach (Match file in Regex.Matches(page, "^with `(?<name>.*)` beside it:\n\n```\n(?<text>[^`]*)```$", RegexOptions.Multiline))
        {
            session.With(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        // The mistake is in the template.
        if (code == "CFG0404" && which == "Right")
        {
            Directory.Delete(session.PathOf("templates"), recursive: true);
        }

        return session;
    }

    private static string Page(string code) => File.ReadAllText(Path.Combine(Repository.Root, $"docs/diagnostics/{code}.md"));

    private static string Example(string page, string which) =>
        Regex
            .Match(page, $"^{which}:\n\n```[a-z]*\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Groups["text"]
            .Value;

    private static string[] Words(string code, string which) => Example(Page(code), which).Trim().Split(' ')[1..];

    private static string[] Call(Session session, string code) =>
        code == "CFG0700" ? ["test"]
        : AllRules.Find(code)!.Target is { } target
            ? ["validate", "-t", target, .. Directory.Exists(session.PathOf("templates")) ? new[] { "--templates", "templates" } : []]
        : ["validate"];

    private static JsonElement[] Said(Session session, string code)
    {
        using JsonDocument document = JsonDocument.Parse(session.Run([.. Call(session, code), "--format", "json"]).Out);
        return [.. document.RootElement.GetProperty("diagnostics").EnumerateArray().Select(d => d.Clone())];
    }

    private static string Code(JsonElement diagnostic) => diagnostic.GetProperty("code").GetString()!;

    private static Severity Of(JsonElement diagnostic) => Enum.Parse<Severity>(diagnostic.GetProperty("severity").GetString()!, true);

    private static string Shown(JsonElement diagnostic) => $"{Code(diagnostic)} {diagnostic.GetProperty("message")}";

    // As a program does that reads the report: the last edit first, so that places before it stay.
    private static string Edited(string spec, IEnumerable<JsonElement> diagnostics)
    {
        string[] lines = spec.Split('\n');
        IEnumerable<(int From, int To, string Text)> edits = diagnostics
            .Where(d => d.TryGetProperty("fix", out _))
            .SelectMany(d => d.GetProperty("fix").EnumerateArray())
            .Select(e => (At(e, "line", "column"), At(e, "end_line", "end_column"), e.GetProperty("text").GetString()!))
            .Distinct();
        return edits.OrderByDescending(e => e.From).Aggregate(spec, (text, e) => text[..e.From] + e.Text + text[e.To..]);

        int At(JsonElement edit, string line, string column) =>
            lines.Take(edit.GetProperty(line).GetInt32() - 1).Sum(l => l.Length + 1) + edit.GetProperty(column).GetInt32() - 1;
    }
}
