using Confgen.Cli.Reference;
using Confgen.Cli.Tests.World;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Cli.Tests.Formatting;

/// <summary><c>confgen fmt</c>: the same spec, the same comments, one look.</summary>
public sealed class FmtTests
{
    [Fact]
    public void Indentation_spaces_and_empty_lines_are_made_regular() =>
        Assert.Equal(
            """
            # A spec.

            upstreams:
              # where it runs
              app: http://127.0.0.1:3000 # the app

            sites:
              - host: a.example.com
                routes:
                  - path: /
                    proxy: app
                    match: { method: [GET, "POST"], header: {} }
                    # the last word on this route
                # the last word on this site
              - { host: b.example.com, proxy: 'app' }
            # the end

            """,
            Format(
                """


                # A spec.


                upstreams:

                    # where it runs
                    app:   http://127.0.0.1:3000 # the app
                sites:
                -   host:    a.example.com
                    routes:
                    -     path: /
                          proxy: app
                          match: {method: [ GET,"POST" ],header: { }}
                          # the last word on this route
                    # the last word on this site
                - {   host: b.example.com,proxy: 'app' }
                # the end


                """.Replace("sites:", "\n\nsites:", StringComparison.Ordinal)
            )
        );

    [Theory]
    [InlineData("a: |\n    x\n      y\n\n    z\nb: 1\n", "a: |\n  x\n    y\n\n  z\nb: 1\n")]
    [InlineData("a: |2-\n    x\nb: >+ # why\n  y\n\n\nc: 1\n", "a: |2-\n    x\nb: >+ # why\n  y\n\n\nc: 1\n")]
    [InlineData("a: \"x\n  y\n\n  z\"\n", "a: \"x\n  y\n\n  z\"\n")]
    [InlineData("a: x\n      y\n", "a: x\n  y\n")]
    [InlineData("a:\n    long\n", "a: long\n")]
    [InlineData("a: # why\n    long\n", "a: # why\n  long\n")]
    [InlineData("a:\n- # why\n  b: 1\n- c: 1\n  d: 2\n-\n  e: 3\n", "a:\n  - # why\n    b: 1\n  - c: 1\n    d: 2\n  - e: 3\n")]
    [InlineData("a: &x\n    b: 1\nc:\n    <<: *x\nd: &y [1,2]\ne: *y\n", "a: &x\n  b: 1\nc:\n  <<: *x\nd: &y [1, 2]\ne: *y\n")]
    [InlineData("a: [ x,\n  y, # why\n   z,\n ]\n", "a: [x,\n  y, # why\n  z,\n]\n")]
    [InlineData("a: [\n    {b: 1,\n c: 2},\n    # below\n]\n", "a: [\n  { b: 1,\n    c: 2 },\n  # below\n]\n")]
    [InlineData("---\na:   1\n", "---\na: 1\n")]
    [InlineData("a:\nb: ~\nc: ''\n", "a:\nb: ~\nc: ''\n")]
    [InlineData("- - 1\n  - 2\n-   - 3\n", "- - 1\n  - 2\n- - 3\n")]
    [InlineData("a: 1   # aligned\nbb: 2  # aligned\n", "a: 1   # aligned\nbb: 2  # aligned\n")]
    [InlineData("a: \"#no\"#x\n", null)]
    [InlineData("\"a#b\": 'c # d'\ne#f: g#h\n", "\"a#b\": 'c # d'\ne#f: g#h\n")]
    [InlineData("# only\n\n\n\n# comments\n", "# only\n\n# comments\n")]
    [InlineData("a: 1\r\nb:   2\r\n", "a: 1\r\nb: 2\r\n")]
    [InlineData(
        "sites:\n- host: a\n# about upstreams\nupstreams:\n  x: y\n",
        "sites:\n  - host: a\n# about upstreams\nupstreams:\n  x: y\n"
    )]
    [InlineData("{a: 1, b: [x]}\n", "{ a: 1, b: [x] }\n")]
    public void Each_form_of_yaml_keeps_its_meaning(string spec, string? formatted)
    {
        using var session = new Session { Input = spec };
        Said said = session.Run("fmt", "-");
        Assert.True(formatted is null ? said.Code == 1 : said.Out == formatted, $"code {said.Code}\n{said.Out}\n{said.Error}");
    }

    public static TheoryData<string> Specs => [.. AllRules.ByCode.Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_rules_examples_can_be_formatted(string code)
    {
        foreach (string spec in new[] { AllRules.Find(code)!.Bad, AllRules.Find(code)!.Good })
        {
            using var session = new Session { Targets = null, Input = spec };
            Said said = session.Run("fmt", "-");
            Assert.DoesNotContain("please report", said.Error, StringComparison.Ordinal);
            if (said.Code == 0)
            {
                session.Input = said.Out;
                Assert.Equal(said.Out, session.Run("fmt", "-").Gives(0).Out);
            }
        }
    }

    [Fact]
    public void Shipped_examples_are_formatted_already()
    {
        string[] specs = [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.yaml", SearchOption.AllDirectories)];
        Assert.NotEmpty(specs);
        using var session = new Session { Targets = null };
        foreach (string spec in specs)
            Assert.Equal("", session.Run("fmt", "--diff", spec).Gives(0).Out);
    }

    [Fact]
    public void Whatever_is_generated_keeps_its_meaning() =>
        Prop.ForAll(
                RandomYaml.Arbitrary,
                yaml =>
                {
                    using var session = new Session { Input = yaml };
                    Said said = session.Run("fmt", "-");
                    Assert.True(said.Code == 0, $"{said.Error}\n--- of\n{yaml}\n---");
                    session.Input = said.Out;
                    Assert.Equal(said.Out, session.Run("fmt", "-").Gives(0).Out);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Files_are_written_unless_they_are_only_checked()
    {
        using var session = new Session().With("a.yaml", "sites:\n- {host: a.example.com,respond: ok}\n").With("b.yaml", World.Specs.Small);
        Assert.Equal("not formatted: a.yaml\n", session.Run("fmt", "--check", "a.yaml", "b.yaml").Gives(3).Error);
        Assert.Contains(
            "+  - { host: a.example.com, respond: ok }\n",
            session.Run("fmt", "--diff", "a.yaml").Gives(0).Out,
            StringComparison.Ordinal
        );
        Assert.Equal("formatted a.yaml\n", session.Run("fmt", "a.yaml", "b.yaml").Gives(0).Error);
        Assert.Equal("sites:\n  - { host: a.example.com, respond: ok }\n", session.Read("a.yaml"));
        session.Run("fmt", "--check", "a.yaml", "b.yaml").Gives(0);
    }

    [Fact]
    public void What_is_no_yaml_is_told_and_left()
    {
        using var session = new Session().With("confgen.yaml", "sites: [\n");
        Assert.Contains("CFG0003", session.Run("fmt").Gives(1).Error, StringComparison.Ordinal);
        Assert.Equal("sites: [\n", session.Read("confgen.yaml"));
    }

    private static string Format(string spec)
    {
        using var session = new Session { Input = spec };
        return session.Run("fmt", "-").Gives(0).Out;
    }
}
