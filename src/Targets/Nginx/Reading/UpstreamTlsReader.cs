using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads how TLS is spoken to a server (<c>proxy_ssl_*</c>). nginx verifies no certificate unless told to.</summary>
internal static class UpstreamTlsReader
{
    /// <summary>The settings of the upstream; null where it needs none.</summary>
    public static OutputMap? Read(ProxyTarget target, Scope scope, bool isGrpc)
    {
        if (target.Scheme != "https")
        {
            return null;
        }

        string prefix = isGrpc ? "grpc_ssl_" : "proxy_ssl_";
        var settings = new OutputMap();
        OutputMap tls = settings.Map("tls");
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
        return tls.Entries.Count == 0 ? null : settings;
    }

    private static void Set(SourceDirective? directive, OutputMap tls, string key) => directive?.Entry.Say(tls.Set(key, directive.First));
}
