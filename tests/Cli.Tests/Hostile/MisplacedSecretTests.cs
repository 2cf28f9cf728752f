using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// A secret that is written in a wrong way is a secret still: neither the message about the mistake nor the line shows it.
/// </summary>
public sealed class MisplacedSecretTests
{
    private const string Canary = "Zq7canary41Xw9Lk2Tf";

    public static TheoryData<string> Tunnels =>
        [
            "secret Zq7canary41Xw9Lk2Tf",
            "secret:Zq7canary41Xw9Lk2Tf",
            "secret=Zq7canary41Xw9Lk2Tf",
            "- secret:Zq7canary41Xw9Lk2Tf",
            "- secret Zq7canary41Xw9Lk2Tf",
            "secret: [Zq7canary41Xw9Lk2Tf",
            "{\"secret\":\"Zq7canary41Xw9Lk2Tf\"",
            "{\"secret\":\"Zq7canary41Xw9Lk2Tf\", \"portal\" 1}",
            "{ secret Zq7canary41Xw9Lk2Tf, portal: { listen: 1 } }",
            "? secret Zq7canary41Xw9Lk2Tf\n    : x",
            "id Zq7canary41Xw9Lk2Tf",
            "secrets: Zq7canary41Xw9Lk2Tf",
            "Secret: Zq7canary41Xw9Lk2Tf",
            "secret : Zq7canary41Xw9Lk2Tf",
            "secret: !!x Zq7canary41Xw9Lk2Tf",
            "secret: &a Zq7canary41Xw9Lk2Tf\n    portal: *a",
            "secret: *Zq7canary41Xw9Lk2Tf",
            "secret: @Zq7canary41Xw9Lk2Tf",
            "secret: %Zq7canary41Xw9Lk2Tf",
            "secret: |\n      Zq7canary41Xw9Lk2Tf\n     x",
            "secret:\n      Zq7canary41Xw9Lk2Tf: x",
            "secret: a Zq7canary41Xw9Lk2Tf: x",
            "secret: \"a\" Zq7canary41Xw9Lk2Tf",
            "secret: \"Zq7canary41Xw9Lk2Tf\\q\"",
            "secret: \"Zq7canary41Xw9Lk2Tf",
            "secret: 'Zq7canary41Xw9Lk2Tf\n    portal: x",
            "secret: {{ Zq7canary41Xw9Lk2Tf }}",
            "secret: Zq7canary41Xw9Lk2Tf\n    secret: Zq7canary41Xw9Lk2Tf",
            "\tsecret: Zq7canary41Xw9Lk2Tf",
            "<<: { secret: Zq7canary41Xw9Lk2Tf }\n    x: y",
        ];

    public static TheoryData<string> Sites =>
        [
            "basic_auth:\n      users:\n        alice Zq7canary41Xw9Lk2Tf",
            "basic_auth:\n      users:\n        alice: \"Zq7canary41Xw9Lk2Tf",
            "basic_auth:\n      users: [alice:Zq7canary41Xw9Lk2Tf]",
            "basic_auth: { users: { alice Zq7canary41Xw9Lk2Tf } }",
            "basic_auth: { users: { \"alice:Zq7canary41Xw9Lk2Tf\" } }",
            "basic_auth: [alice, Zq7canary41Xw9Lk2Tf]",
            "basic_auth: { alice: Zq7canary41Xw9Lk2Tf }",
            "basic_auth: { user: { alice: Zq7canary41Xw9Lk2Tf } }",
            "basic_auth: \"alice:Zq7canary41Xw9Lk2Tf\"",
            "headers: { request: { set: [Authorization, Zq7canary41Xw9Lk2Tf] } }",
            "headers: { request: { set: \"Authorization: Zq7canary41Xw9Lk2Tf\" } }",
            "headers: { request: { set: [\"Authorization: Zq7canary41Xw9Lk2Tf\"] } }",
            "headers: { request: { Authorization: Zq7canary41Xw9Lk2Tf } }",
            "headers: { Authorization: Zq7canary41Xw9Lk2Tf }",
            "headers: { request: { set: { X-Api-Key Zq7canary41Xw9Lk2Tf } } }",
            "match: { header: { Authorization: Zq7canary41Xw9Lk2Tf } }",
            "match: { query: { token: Zq7canary41Xw9Lk2Tf, *} }",
            "proxy: http://user:Zq7canary41Xw9Lk2Tf@x:99999",
            "redirect: http://a/?token=Zq7canary41Xw9Lk2Tf&{x",
            "password: Zq7canary41Xw9Lk2Tf",
            "forward_auth: http://a:Zq7canary41Xw9Lk2Tf@b",
        ];

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void In_a_tunnel(string text) =>
        Find($"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:3000\" }}\ntunnels:\n  home:\n    {text}\n");

    [Theory]
    [MemberData(nameof(Sites))]
    public void In_a_site(string text) => Find($"sites:\n  - host: a.example.com\n    {text}\n");

    private static void Find(string spec)
    {
        using Session session = new Session { Targets = null }.With("confgen.yaml", spec);
        foreach (
            string[] call in new string[][]
            {
                ["validate"],
                ["validate", "--format", "json"],
                ["validate", "--format", "sarif"],
                ["validate", "--format", "github"],
                ["fmt", "--diff"],
                ["explain", "http://a.example.com/"],
                ["build", "-t", "nginx", "--diff"],
            }
        )
        {
            Said said = session.Run(call);
            Assert.NotEqual(ExitCode.InternalError, said.Code);

            string text = said.Out + said.Error;
            for (int i = 0; i + 8 <= Canary.Length; i++)
            {
                Assert.False(
                    text.Contains(Canary.AsSpan(i, 8), StringComparison.OrdinalIgnoreCase),
                    $"{string.Join(' ', call)} shows {Canary[i..(i + 8)]}:\n{text}"
                );
            }
        }
    }
}
