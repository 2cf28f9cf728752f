using Confgen.Cli.Tests.World;
using Confgen.Tests.Slots;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// A secret of the environment in each field of the language that takes a text, wherever it stands in the value: no output of any verb
/// shows it.
/// </summary>
[Trait("Over", "every field")]
public sealed class CanarySlotTests
{
    private const string Canary = "Zq7canary41Xw9Lk2Tf";
    private const string Reference = "${MY_TOKEN}";

    private static readonly string[][] _calls =
    [
        ["validate", "-t", "all"],
        ["validate", "-t", "all", "--format", "json"],
        ["validate", "-t", "all", "--format", "sarif"],
        ["validate", "-t", "all", "--format", "github"],
        ["validate", "-t", "all", "--format", "junit"],
        ["build", "-t", "nginx,caddy", "--diff"],
        ["build", "-t", "pyserve", "--diff"],
        ["build", "-t", "v2ray", "--diff"],
        ["explain", "http://a.example.com/"],
        ["test", "--junit", "junit.xml"],
        ["fmt", "--diff"],
        ["diff", "small.yaml", "confgen.yaml"],
    ];

    public static TheoryData<string> Fields => [.. CaseSession.Slots.Select(s => s.Field).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_variable_of_the_environment(string field)
    {
        Slot slot = CaseSession.Slots.Where(s => s.Field == field).MinBy(s => s.Text.Length)!;
        foreach (string value in new[] { Reference, slot.Value + Reference, "/" + Reference, Reference + slot.Value })
        {
            using Session session = CaseSession.Open(slot, value);
            session.Variables["MY_TOKEN"] = Canary;
            session.With("small.yaml", Specs.Small);
            foreach (string[] call in _calls)
            {
                Search(session.Run(call), string.Join(' ', call), value);
            }

            if (session.Has("junit.xml"))
            {
                Search(new Said(0, session.Read("junit.xml"), ""), "junit.xml", value);
            }
        }
    }

    private static void Search(Said said, string call, string value)
    {
        Assert.NotEqual(ExitCode.InternalError, said.Code);
        string text = said.Out + said.Error;
        for (int i = 0; i + 8 <= Canary.Length; i++)
        {
            Assert.False(
                text.Contains(Canary.AsSpan(i, 8), StringComparison.OrdinalIgnoreCase),
                $"'{value}': {call} shows {Canary[i..(i + 8)]}:\n{text}"
            );
        }
    }
}
