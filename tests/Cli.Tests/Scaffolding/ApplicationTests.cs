using Confgen.Cli.Scaffolding;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Scaffolding;

/// <summary><c>confgen init --app</c>: each application's spec is clean with every certificate, and does what its tests say.</summary>
public sealed class ApplicationTests
{
    public static TheoryData<string> Names => [.. Application.All.Select(a => a.Name)];

    [Fact]
    public void There_are_as_many_as_the_page_lists() =>
        Assert.Equal(
            Application.All.Select(a => a.Name),
            File.ReadLines(Path.Combine(Repository.Root, "docs/applications.md"))
                .Where(l => l.StartsWith("## ", StringComparison.Ordinal))
                .Select(l => l[3..])
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_spec_with_every_certificate_is_clean(string name)
    {
        string[] certificates = Application.Find(name)!.NeedsTls
            ? [FirstSpec.Auto, FirstSpec.Internal, "/etc/ssl"]
            : [FirstSpec.Auto, FirstSpec.Internal, "/etc/ssl", FirstSpec.Off];
        foreach (string tls in certificates)
        {
            using var session = new Session { Targets = null };
            session.Run("init", "--app", name, "--host", "x.example.org", "--to", "10.0.0.9:81", "--tls", tls).Gives(2);
            Said said = session.Run("init", "--app", name, "--host", "x.example.org", "--to", "http://10.0.0.9:81", "--tls", tls).Gives(0);
            Assert.StartsWith("confgen.yaml: valid", session.Run("validate", "--strict").Gives(0).Error, StringComparison.Ordinal);
            session.Run(said.Error.Trim().Split("next: confgen ")[1].Split(' ')).Gives(0);
            string spec = session.Read("confgen.yaml");
            Assert.DoesNotContain("app.example.com", spec, StringComparison.Ordinal);
            Assert.Contains("http://10.0.0.9:81", spec, StringComparison.Ordinal);
            Assert.Equal(tls == FirstSpec.Off, !spec.Contains("https://", StringComparison.Ordinal));
            Assert.Matches("[1-9][0-9]* passed, 0 failed", session.Run("test").Gives(0).Error);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_spec_does_on_each_program_what_its_tests_say(string name)
    {
        using var session = new Session { Targets = null, Programs = null };
        session.Run("init", "--app", name, "--tls", "/etc/ssl").Gives(0);
        foreach (string program in new[] { "nginx", "caddy", "serve" }.Where(p => !RealPrograms.IsMissing(p)))
        {
            Assert.Matches($"{program}: [1-9][0-9]* passed, 0 failed", session.Run("test", "--on", program).Gives(0).Error);
        }
    }

    [Theory]
    [InlineData("--app", "a.example.com=1", "give --app once")]
    [InlineData("--app", "grafana", "give --app once")]
    [InlineData("--kind", "app", "leave --kind out")]
    public void A_name_stands_alone(string option, string value, string advice)
    {
        using var session = new Session();
        Assert.Contains(advice, session.Run("init", "--app", "minio", option, value).Gives(2).Error, StringComparison.Ordinal);
        Assert.False(session.Has("confgen.yaml"));
    }
}
