using System.Net.Security;

namespace Confgen.Runtime.Tls;

/// <summary>The cipher suites that a spec may name, and those of TLS 1.3, which it can't choose.</summary>
internal static class CipherSuites
{
    private static readonly TlsCipherSuite[] _tls13 =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    ];

    /// <summary>The policy for the suites named; null for the platform's own, also where the platform can't be told.</summary>
    public static CipherSuitesPolicy? Policy(IEnumerable<string> names)
    {
        TlsCipherSuite[] suites = [.. names.Select(Of)];
        return suites.Length == 0 || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || OperatingSystem.IsAndroid()
            ? null
            : new CipherSuitesPolicy([.. _tls13, .. suites]);
    }

    private static TlsCipherSuite Of(string name) =>
        name switch
        {
            "ECDHE-ECDSA-AES128-GCM-SHA256" => TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            "ECDHE-RSA-AES128-GCM-SHA256" => TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            "ECDHE-ECDSA-AES256-GCM-SHA384" => TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            "ECDHE-RSA-AES256-GCM-SHA384" => TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            "ECDHE-ECDSA-CHACHA20-POLY1305" => TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            "ECDHE-RSA-CHACHA20-POLY1305" => TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
