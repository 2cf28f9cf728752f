using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Guards;

/// <summary>Spellings that some upstream takes for a guarded path. The route that they are sent to has no guard.</summary>
public sealed class SpellingTests
{
    public static TheoryData<string> Guarded =>
        [
            "/private",
            "/private/",
            "/private/x",
            "//private",
            "/./private",
            "/%2e/private",
            "/%70rivate",
            "/private%2Fx",
            "/%2Fprivate",
            "/private?x",
            "/a/../private",
            "/a/%2e%2e/private",
            "/a/..%2fprivate",
            "/a%2f..%2fprivate",
            "/a\\..\\private",
            "/a/..%5cprivate",
            "/\\private",
            "/%5cprivate",
            "/private;x",
            "/private;x/y",
            "/;x/private",
            "/a/..;/private",
            "/a/..;x=1/private",
            "/a/%2e%2e;/private",
            "/.;/private",
            "/a/.%2e;/private",
            "/%c0%afprivate",
            "/a/%c0%ae%c0%ae/private",
            "/a/%c0%ae%c0%ae%c0%afprivate",
            "/%e0%80%afprivate",
            "/%f0%80%80%afprivate",
            "/a/%c1%9cprivate/../private",
            "/%2570rivate",
            "/%252fprivate",
            "/a/%252e%252e/private",
            "/%25252fprivate",
            "/a/.../private",
            "/a/..../private",
            "/private%20",
            "/private.",
            "/private./x",
            "/private%09",
            "/private%3fx",
            "/private%23x",
            "/private%253fx",
            "/private%2500.js",
        ];

    public static TheoryData<string> Open =>
        [
            "/",
            "/a",
            "/a;v=1/b",
            "/privately",
            "/a%20b",
            "/100%25",
            "/a...b",
            "/x.",
            "/%e4%b8%ad",
            "/a%3Fb",
            "/a%2Fb",
            "/wiki/Foo.",
            "/a%5Cb",
            "/PRIVATE",
        ];

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task None_reaches_the_upstream(string target)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend);

        RawResponse response = await proxy.GetAsync(target);

        Assert.Contains(response.Status, new[] { 400, 403 });
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Other_paths_pass_as_they_are(string target)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend);

        Assert.Equal(200, (await proxy.GetAsync(target)).Status);
        Assert.Equal(target, backend.Request.Target);
    }

    [Fact]
    public async Task Where_nothing_is_guarded_odd_paths_pass()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        foreach (string target in new[] { "/a/..;/private", "/private;x", "/%2570rivate", "/a/.../b" })
        {
            Assert.Equal(200, (await proxy.GetAsync(target)).Status);
        }
    }

    private static Task<TestProxy> StartAsync(Backend backend) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }
                  - { path: /private, proxy: "http://127.0.0.1:{{backend.Port}}", deny: [127.0.0.0/8] }
            """
        );
}
