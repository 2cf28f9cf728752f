using System.Text.Json;
using Confgen.Cli.Tests.World;
using Confgen.Compiler.Tests.Mistakes;

namespace Confgen.Cli.Tests.Commands;

/// <summary>The mistakes of the compiler's tests, as their authors make them: with the command.</summary>
public sealed class MistakesTests
{
    private static readonly Dictionary<string, Mistake> _all = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests/Compiler.Tests/Mistakes"), "*.verified.txt")
        .SelectMany(f => Mistake.Read(File.ReadAllText(f)))
        .ToDictionary(m => m.Title);

    public static TheoryData<string> Titles => [.. _all.Keys];

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_command_says_what_the_compiler_says_at_the_same_place(string title)
    {
        Mistake mistake = _all[title];
        using Session session = Start(mistake);
        string[] said = [.. Diagnostics(session).Select(Shown)];
        if (said.Any(d => d.Contains(" CFG06", StringComparison.Ordinal)))
        {
            // It knows the files of other programs, and leads to 'confgen import'.
            Assert.StartsWith("nginx: ", title, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(
            mistake.Told.Where(t => t != "> valid").Select(t => string.Join(' ', t[2..].Split(' ').Where(w => w != "warning").Take(2))),
            said
        );
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Its_edits_are_written_whole_or_not_at_all(string title)
    {
        using Session session = Start(_all[title]);
        bool fixable = Diagnostics(session).Any(d => d.TryGetProperty("fix", out _));
        session.Run("validate", "--fix");
        Assert.Equal(fixable, session.Read("confgen.yaml") != _all[title].Spec);
        Assert.DoesNotContain(Diagnostics(session), d => d.TryGetProperty("fix", out _));
    }

    private static Session Start(Mistake mistake)
    {
        Session session = new Session { Targets = null }.With("confgen.yaml", mistake.Spec);
        foreach ((string name, string text) in mistake.Files)
        {
            session.With(name, text);
        }

        return session;
    }

    private static JsonElement[] Diagnostics(Session session)
    {
        using JsonDocument document = JsonDocument.Parse(session.Run("validate", "--format", "json").Out);
        return
        [
            .. document
                .RootElement.GetProperty("diagnostics")
                .EnumerateArray()
                .Where(d => d.GetProperty("severity").GetString() != "info")
                .Select(d => d.Clone()),
        ];
    }

    private static string Shown(JsonElement diagnostic) =>
        $"{diagnostic.GetProperty("line")}:{diagnostic.GetProperty("column")} {diagnostic.GetProperty("code").GetString()}";
}
