using Confgen.Compiler.Syntax;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>The keys that V2Ray 4.34 reads in the objects of a tunnel; it ignores every other one without a word.</summary>
internal static class V2RayKeys
{
    private static readonly Dictionary<string, string> _known = new(StringComparer.Ordinal)
    {
        [""] = "log api dns stats policy transport reverse inbounds outbounds routing",
        ["log"] = "access error loglevel",
        ["reverse"] = "portals bridges",
        ["reverse.portals"] = "tag domain",
        ["reverse.bridges"] = "tag domain",
        ["inbounds"] = "tag listen port protocol settings streamSettings sniffing allocate",
        ["outbounds"] = "tag sendThrough protocol settings streamSettings proxySettings mux",
        ["routing"] = "domainStrategy domainMatcher rules balancers",
        ["routing.rules"] = "type domain domains ip port sourcePort network source user inboundTag protocol attrs outboundTag balancerTag",
        ["inbounds.settings"] =
            "address port network timeout followRedirect userLevel clients default detour disableInsecureEncryption decryption fallbacks",
        ["inbounds.settings.clients"] = "id level alterId email flow",
        ["outbounds.settings"] = "domainStrategy redirect userLevel response vnext",
        ["outbounds.settings.vnext"] = "address port users",
        ["outbounds.settings.vnext.users"] = "id level alterId security encryption flow email",
        ["streamSettings"] =
            "network security tlsSettings tcpSettings wsSettings kcpSettings httpSettings dsSettings quicSettings grpcSettings sockopt",
        ["streamSettings.wsSettings"] = "path headers maxEarlyData useBrowserForwarding acceptProxyProtocol earlyDataHeaderName",
        ["streamSettings.tlsSettings"] =
            "serverName allowInsecure alpn certificates disableSystemRoot disableSessionResumption minVersion maxVersion cipherSuites",
        ["streamSettings.tlsSettings.certificates"] = "usage certificateFile keyFile certificate key",
    };

    private static readonly Dictionary<string, string[]> _words = _known.ToDictionary(
        k => k.Key,
        k => k.Value.Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Keys that V2Ray would ignore.</summary>
    public static IEnumerable<V2RayFinding> Check(SyntaxNode root) => Check(root, "");

    private static IEnumerable<V2RayFinding> Check(SyntaxNode node, string place)
    {
        if (node is ListSyntax list)
        {
            return list.Items.SelectMany(item => Check(item, place));
        }

        if (node is not MapSyntax map || !_words.TryGetValue(place, out string[]? known))
        {
            return [];
        }

        IEnumerable<V2RayFinding> unknown = map
            .Entries.Where(e => !known.Contains(e.Key.Value, StringComparer.Ordinal))
            .Select(e => new V2RayFinding(e.Key.Span, $"unknown key '{e.Key.Value}': V2Ray ignores it"));
        return unknown.Concat(map.Entries.SelectMany(e => Check(e.Value, Below(place, e.Key.Value))));
    }

    // The transport is the same thing on both sides.
    private static string Below(string place, string key) => place.Length == 0 || key == "streamSettings" ? key : $"{place}.{key}";
}
