using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads how TLS is spoken to a server (<c>proxy_ssl_*</c>). nginx verifies no certificate unless told to.</summary>
internal static class UpstreamTlsReader
{
    /// <summary>Says it in <c>tls</c> of an upstream or of an auth server, where there is anything to say.</summary>
    /// <param name="target">Where requests go.</param>
    /// <param name="scope">What holds there.</param>
    /// <param name="isGrpc">Whether gRPC's directives count.</param>
    /// <param name="owner">What <c>tls</c> belongs to.</param>
    public static void Read(ProxyTarget target, Scope scope, bool isGrpc, OutputMap owner)
    {
        if (target.Scheme != "https")
        {
            return;
        }

        string prefix = isGrpc ? "grpc_ssl_" : "proxy_ssl_";
        var tls = new OutputMap();
        SourceDirective? verify = scope.Find(prefix + "verify");
        SourceDirective? authorities = scope.Find(prefix + "trusted_certificate");
        if (verify?.First == "on")
        {
            verify.Entry.Imply("certificates of servers are verified");
            Set(authorities, tls, "ca");
        }
        else
        {
            OutputText off = tls.Word("verify", "false");
            verify?.Entry.Say(off);
            authorities?.Entry.Tune("nothing is verified");
        }

        SourceDirective? name = scope.Find(prefix + "name");
        if (name is not null && !name.First.Contains('$', StringComparison.Ordinal))
        {
            Set(name, tls, "server_name");
        }
        else
        {
            name?.Entry.Imply("the server's name is asked for");
        }

        Set(scope.Find(prefix + "certificate"), tls, "cert");
        Set(scope.Find(prefix + "certificate_key"), tls, "key");
        if (tls.Entries.Count > 0)
        {
            owner.Set("tls", tls);
        }
    }

    private static void Set(SourceDirective? directive, OutputMap tls, string key) => directive?.Entry.Say(tls.Set(key, directive.First));
}
