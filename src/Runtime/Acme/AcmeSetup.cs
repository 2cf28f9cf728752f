using Confgen.Model.Acme;

namespace Confgen.Runtime.Acme;

/// <summary>What the certificates of a spec share.</summary>
/// <param name="Settings">What the spec says.</param>
/// <param name="Storage">The folder.</param>
/// <param name="Account">The account.</param>
/// <param name="Proofs">What is shown of names that are being proven.</param>
/// <param name="Prover">Proves names.</param>
internal sealed record AcmeSetup(AcmeSettings Settings, AcmeStorage Storage, AcmeAccount Account, ChallengeProofs Proofs, NameProver Prover)
    : IDisposable
{
    /// <summary>Opens the folder, and reads what is needed to talk to the authority, which isn't asked yet.</summary>
    /// <exception cref="IOException">The folder can't be used; or another exception of reading files.</exception>
    public static AcmeSetup Open(AcmeSettings settings, ProxyOptions options)
    {
        string root = settings.Storage ?? Path.Combine(StateFolder.Of(options), "acme");
        var storage = AcmeStorage.Open(root, options.Time.GetUtcNow());
        var account = new AcmeAccount(settings, storage, options.AcmePace, options.Time);
        var proofs = new ChallengeProofs(storage, options.Time);
        DnsHook? hook = settings.Dns is { } dns ? new DnsHook(dns.Exec, options.AcmePace.Hook, options.Time) : null;
        var prover = new NameProver(account, proofs, hook, settings.Challenges, options.AcmePace, options.Time);
        return new AcmeSetup(settings, storage, account, proofs, prover);
    }

    /// <summary>
    /// A file with a certificate for some of the names, for the time until there is one for all of them; null where there is none.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="own">The file of the certificate for all of them.</param>
    /// <param name="now">The time.</param>
    public string? FindOther(IReadOnlyList<string> names, string own, DateTimeOffset now) =>
        Storage
            .AllCertificates()
            .Where(f => f != own)
            .Select(f => (File: f, Stored: StoredCertificate.Read(f)))
            .Where(f => f.Stored is { } stored && stored.NotAfter > now)
            .Select(f => (f.File, Shared: names.Count(n => f.Stored?.Names.Contains(n) == true)))
            .Where(f => f.Shared > 0)
            .OrderByDescending(f => f.Shared)
            .Select(f => f.File)
            .FirstOrDefault();

    /// <inheritdoc/>
    public void Dispose() => Account.Dispose();
}
