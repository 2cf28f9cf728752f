namespace Confgen.Cli.Tests.World;

/// <summary>Specs that several tests use.</summary>
internal static class Specs
{
    public const string Small = """
        sites:
          - { host: a.example.com, proxy: "http://127.0.0.1:3000" }

        """;

    public const string Two = """
        sites:
          - { host: a.example.com, proxy: "http://127.0.0.1:3000" }
          - { host: b.example.com, respond: ok }

        """;

    public const string Wrong = """
        upstreams:
          app: http://127.0.0.1:3000
        sites:
          - { host: a.example.com, proxy: app }
          - { host: b.example.com, proxy: ap }

        """;
}
