using System.Diagnostics;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Commands;

/// <summary>
/// The steps of the GitHub action (<c>action.yml</c>), run as the runner does: a shell, variables of the environment, a git checkout with a
/// base branch.
/// </summary>
public sealed class ActionTests : IDisposable
{
    private const string Guarded =
        "sites:\n  - { host: a.example.com, listen: 8080, proxy: \"http://127.0.0.1:3000\", allow: [10.0.0.0/8] }\n";
    private const string Open = "sites:\n  - { host: a.example.com, listen: 8080, proxy: \"http://127.0.0.1:3000\" }\n";

    private readonly Session _session = new();
    private readonly string _tools;

    public ActionTests()
    {
        // The checkout, its remote, and a `gh` that keeps what it is given.
        _tools = _session.PathOf("tools");
        string confgen = string.Join(
            ' ',
            new[] { Installed.Call(".", []) }.SelectMany(c => c.ArgumentList.Prepend(c.FileName)).Select(a => $"'{a}'")
        );
        Script("confgen", $"exec {confgen} \"$@\"");
        Script("gh", "printf '%s\\n' \"$*\" > \"$OUT/gh-call\"; cat > \"$OUT/comment\"");
        _session.With("remote/confgen.yaml", Guarded);
        Git("remote", "init", "-q", "-b", "main");
        Commit("remote");
        Git(".", "clone", "-q", "remote", "work");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_pull_request_gets_what_changes_as_a_comment()
    {
        _session.With("work/confgen.yaml", Open);
        Said said = Run(("GITHUB_BASE_REF", "main"), ("CONFGEN_PULL_REQUEST", "7"), ("GITHUB_REPOSITORY", "a/b"));
        Assert.Equal(0, said.Code);
        Assert.Contains("pr comment 7 --repo a/b", _session.Read("gh-call"), StringComparison.Ordinal);
        Assert.Contains(
            "| **exposure** | http&#58;//a.example.com&#58;8080 becomes reachable for everybody |",
            _session.Read("comment"),
            StringComparison.Ordinal
        );
        Assert.Equal(_session.Read("comment").Trim(), _session.Read("summary").Trim());
        Assert.Equal(3, Run(("GITHUB_BASE_REF", "main"), ("CONFGEN_FAIL_ON", "exposure")).Code);
    }

    [Fact]
    public void A_spec_that_is_wrong_fails_with_annotations()
    {
        _session.With("work/confgen.yaml", "sites:\n  - { host: a.example.com, proxy: nowhere }\n");
        Said said = Run(("GITHUB_BASE_REF", "main"));
        Assert.Equal(1, said.Code);
        Assert.Contains("::error file=confgen.yaml,line=2", said.Out, StringComparison.Ordinal);
        Assert.False(_session.Has("comment"));
    }

    [Fact]
    public void Files_that_are_not_current_fail_and_are_shown()
    {
        Assert.Equal(
            3,
            Run(("CONFGEN_TARGETS", "nginx"), ("CONFGEN_OUTPUT", "out"), ("CONFGEN_PULL_REQUEST", "7"), ("GITHUB_REPOSITORY", "a/b")).Code
        );
        Assert.Contains("`````diff\n", _session.Read("comment"), StringComparison.Ordinal);
        Assert.Contains("+++ out/nginx/nginx.conf", _session.Read("comment"), StringComparison.Ordinal);
        Installed.Run(_session.PathOf("work"), "", "build", "-t", "nginx").Gives(0);
        Assert.Equal(0, Run(("CONFGEN_TARGETS", "nginx"), ("CONFGEN_OUTPUT", "out")).Code);
    }

    [Fact]
    public void A_base_without_the_spec_is_no_error()
    {
        _session.With("work/other.yaml", Open);
        Said said = Run(("CONFGEN_SPEC", "other.yaml"), ("GITHUB_BASE_REF", "main"));
        Assert.Equal(0, said.Code);
        Assert.Contains("::notice::other.yaml can't be compared with main", said.Out, StringComparison.Ordinal);
    }

    private Said Run(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "packaging/action/run.sh")])
        {
            WorkingDirectory = _session.PathOf("work"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            string name in start
                .Environment.Keys.Where(k =>
                    k.StartsWith("GITHUB_", StringComparison.Ordinal) || k.StartsWith("CONFGEN_", StringComparison.Ordinal)
                )
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = _tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["OUT"] = _session.Folder;
        start.Environment["GITHUB_STEP_SUMMARY"] = _session.PathOf("summary");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Installed.Run(start, "");
    }

    private void Script(string name, string body)
    {
        _session.With("tools/" + name, $"#!/usr/bin/env bash\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _session.PathOf("tools/" + name),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    private void Commit(string folder)
    {
        Git(folder, "add", ".");
        Git(folder, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first");
    }

    private void Git(string folder, params string[] arguments) =>
        Installed
            .Run(
                new ProcessStartInfo("git", arguments)
                {
                    WorkingDirectory = _session.PathOf(folder),
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                },
                ""
            )
            .Gives(0);
}
