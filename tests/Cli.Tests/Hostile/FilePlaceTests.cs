using Confgen.Cli.Tests.World;
using Confgen.Tests.Slots;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// Each field of the language that names a file, with each kind of thing that a name may lead to: every verb ends by itself.
/// </summary>
[Trait("Over", "every field")]
public sealed class FilePlaceTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private static readonly string[][] _calls =
    [
        ["validate", "-t", "all"],
        ["build", "-t", "nginx,caddy,pyserve", "--verify"],
        ["explain", "http://a.example.com/"],
        ["test"],
        ["fmt", "--diff"],
        ["diff", "small.yaml", "confgen.yaml"],
    ];

    public static TheoryData<string> Fields =>
        [
            .. CaseSession
                .Slots.Where(s => s.Types.Contains("path") || s.Types.Contains("glob"))
                .Select(s => s.Field)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Any_kind_of_file(string field)
    {
        Slot slot = CaseSession
            .Slots.Where(s => s.Field == field && (s.Types.Contains("path") || s.Types.Contains("glob")))
            .MinBy(s => s.Text.Length)!;
        foreach (string kind in OddFile.Kinds)
        {
            // A relative name is looked at when the spec is compiled, an absolute one is not.
            using Session session = CaseSession.Open(slot, "odd");
            OddFile.Make(kind, session.PathOf("odd"));
            session.With("small.yaml", Specs.Small);
            foreach (bool isAbsolute in new[] { false, true })
            {
                session.With("confgen.yaml", slot.With(isAbsolute ? session.PathOf("odd") : "odd"));
                foreach (string[] call in _calls)
                {
                    Task<Said> run = Task.Factory.StartNew(() => session.Run(call), TaskCreationOptions.LongRunning);
                    Assert.True(
                        await Task.WhenAny(run, Task.Delay(_patience)) == run,
                        $"{kind}: 'confgen {string.Join(' ', call)}' did not end"
                    );
                    Said said = await run;
                    Assert.True(said.Code != ExitCode.InternalError, $"{kind}: {said.Error}");
                }
            }
        }
    }

    [Fact]
    public void A_file_that_another_user_may_not_read()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
        {
            return;
        }

        using Session session = new Session()
            .With("confgen.yaml", "include: [closed.yaml]\n" + Specs.Small)
            .With("closed.yaml", "sites: []\n")
            .With("closed/more.yaml", "sites: []\n")
            .With("whole.yaml", Specs.Small)
            .With("by-pattern.yaml", "include: [\"closed/*.yaml\"]\n" + Specs.Small);
        File.SetUnixFileMode(session.Folder, (UnixFileMode)0b111_101_101);
        foreach (string closed in new[] { "closed.yaml", "whole.yaml", "closed" })
        {
            File.SetUnixFileMode(session.PathOf(closed), UnixFileMode.None);
        }

        foreach (string spec in new[] { "confgen.yaml", "whole.yaml", "by-pattern.yaml" })
        {
            System.Diagnostics.ProcessStartInfo call = Installed.Call(session.Folder, "validate", spec);
            string[] rest = ["--reuid=65534", "--regid=65534", "--clear-groups", call.FileName, .. call.ArgumentList];
            call.FileName = "/usr/bin/setpriv";
            call.ArgumentList.Clear();
            Array.ForEach(rest, call.ArgumentList.Add);
            call.Environment["HOME"] = "/nonexistent";
            Said said = Installed.Run(call, "");
            if (
                said.Error.Contains("dotnet", StringComparison.OrdinalIgnoreCase)
                || said.Error.Contains("confgen.dll", StringComparison.Ordinal)
                || said.Error.Contains("setpriv", StringComparison.Ordinal)
            )
            {
                // The working tree itself is closed to others.
                return;
            }

            Assert.True(said.Code is ExitCode.BadSpec or ExitCode.BadCall, $"{spec}: {said.Code} {said.Out}{said.Error}");
            Assert.Contains("closed", said.Error.Replace("whole", "closed"), StringComparison.Ordinal);
            Assert.DoesNotContain("internal error", said.Error, StringComparison.Ordinal);
        }
    }
}
