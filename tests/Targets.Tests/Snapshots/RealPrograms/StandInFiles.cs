using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary>
/// Programs open certificates, logs and sockets when they check a configuration. This lays out, below a folder of its own, a stand-in for
/// each file that a spec names, and points the rendered text to it.
/// </summary>
internal static class StandInFiles
{
    private static readonly Lazy<(string Certificate, string Key)> Pair = new(MakePair);

    /// <summary>The text with every name of the spec's files exchanged for the stand-in's.</summary>
    public static string Redirect(Spec spec, string text, string folder)
    {
        // Longest first, so that no name is taken for the start of another.
        foreach ((string name, string content) in NamesOf(spec).OrderByDescending(f => f.Key.Length))
        {
            string stand = folder + name;
            Directory.CreateDirectory(Path.GetDirectoryName(stand) ?? folder);
            if (content.Length > 0)
            {
                File.WriteAllText(stand, content);
            }

            text = text.Replace(name, stand, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>
    /// Each absolute file name of the spec that a program opens at its start, with a content; empty for those that it makes itself.
    /// </summary>
    private static Dictionary<string, string> NamesOf(Spec spec)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Pem(spec.Acme.CaRoot, Pair.Value.Certificate);
        foreach (Site site in spec.Sites)
        {
            Pem(site.Tls?.Cert, Pair.Value.Certificate);
            Pem(site.Tls?.Key, Pair.Value.Key);
            Pem(site.Tls?.ClientCa, Pair.Value.Certificate);
            Made(site.Log?.Output);
            foreach (Route route in site.Routes)
            {
                Made(route.Log?.Output);
                foreach (ErrorPage page in route.Errors.Pages)
                {
                    Read(page.File);
                }
            }

            foreach (ListenAddress listen in site.Listen)
            {
                Made(listen.SocketPath);
            }
        }

        foreach (UpstreamTls tls in UpstreamsOf(spec).Select(u => u.Tls))
        {
            Pem(tls.Ca, Pair.Value.Certificate);
            Pem(tls.Cert, Pair.Value.Certificate);
            Pem(tls.Key, Pair.Value.Key);
        }

        foreach (Tunnel tunnel in spec.Tunnels)
        {
            Pem(tunnel.Portal.Tls?.Cert, Pair.Value.Certificate);
            Pem(tunnel.Portal.Tls?.Key, Pair.Value.Key);
            Pem(tunnel.Bridge.Ca, Pair.Value.Certificate);
        }

        return names;

        // A single PEM file may hold a certificate and its key.
        void Pem(string? name, string content)
        {
            if (name is not null)
            {
                names[name] =
                    names.TryGetValue(name, out string? other) && !other.Contains(content, StringComparison.Ordinal)
                        ? other + content
                        : content;
            }
        }

        void Read(string? name)
        {
            if (name is not null)
            {
                names.TryAdd(name, "an error\n");
            }
        }

        void Made(string? name)
        {
            if (name?.StartsWith('/') == true)
            {
                names.TryAdd(name, "");
            }
        }
    }

    private static IEnumerable<Upstream> UpstreamsOf(Spec spec) =>
        spec.Upstreams.Concat(spec.Sites.SelectMany(s => s.Routes).Select(r => r.Action).OfType<ProxyAction>().Select(p => p.Upstream));

    private static (string Certificate, string Key) MakePair()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=confgen.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(79));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
