using Confgen.Compiler.Rendering;
using Confgen.Model.Sources;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Certificates and their keys. HAProxy finds a key by the name of its certificate; from 3.0 on it can be told another one.
/// </summary>
internal sealed class HAProxyCertificates(HAProxyTexts texts, TargetVersion version)
{
    private const string Store = "confgen";

    /// <summary>The first release with <c>crt-store</c>.</summary>
    public static readonly TargetVersion StoreSince = new(3, 0);

    private readonly List<CertificateView> _stored = [];

    /// <summary>Whether a key is looked for as <c>x.key</c> beside <c>x.crt</c>.</summary>
    public bool BesideCertificates { get; private set; }

    /// <summary>Those with keys of other names.</summary>
    public IReadOnlyList<CertificateView> Stored => _stored;

    /// <summary>Whether a release finds the key.</summary>
    public static bool Finds(TargetVersion version, string cert, string key) =>
        version >= StoreSince || key == cert || key == cert + ".key" || IsBeside(cert, key);

    /// <summary>What stands behind <c>crt</c>.</summary>
    public string Of(string cert, string key, SourceSpan at)
    {
        if (key == cert || (key == cert + ".key" && !cert.EndsWith(".crt", StringComparison.Ordinal)))
        {
            return texts.Word(cert, at);
        }

        if (version < StoreSince)
        {
            BesideCertificates |= IsBeside(cert, key);
            return texts.Word(cert, at);
        }

        (string certWord, string keyWord) = (texts.Word(cert, at), texts.Word(key, at));
        CertificateView? known = _stored.Find(each => each.Cert == certWord && each.Key == keyWord);
        if (known is null)
        {
            known = new CertificateView(certWord, keyWord, string.Create(null, $"c{_stored.Count + 1}"));
            _stored.Add(known);
        }

        return $"@{Store}/{known.Alias}";
    }

    private static bool IsBeside(string cert, string key) =>
        cert.EndsWith(".crt", StringComparison.Ordinal) && key == cert[..^".crt".Length] + ".key";
}
