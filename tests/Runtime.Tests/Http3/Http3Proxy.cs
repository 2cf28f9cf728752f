using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>A proxy with one route, asked in HTTP/3 over connections in memory.</summary>
internal static class Http3Proxy
{
    public static Task<TestProxy> BeforeAsync(Backend backend, string route = "", TimeProvider? time = null, string site = "") =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                {{site}}
                routes:
                  - path: /
                    proxy: http://127.0.0.1:{{backend.Port}}
                    {{route}}
            """,
            new ProxyOptions { Time = time ?? TimeProvider.System }
        );
}
