using System.Diagnostics.CodeAnalysis;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Acme;

/// <summary>The certificates of <c>tls: auto</c>: what a spec needs is prepared, begins when the spec is taken, and ends with it.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A semaphore without a wait handle holds nothing, and certificates that end may still release it."
)]
internal sealed class AcmeManager(ProxyOptions options)
{
    // An authority answers many orders at once; a machine proves some names at a time.
    private const int MostAtOnce = 8;

    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly List<AcmeCertificate> _prepared = [];
    private List<AcmeCertificate> _running = [];
    private AcmeSetup? _setup;
    private AcmeSetup? _next;

    /// <summary>What is shown to the authority; null where no site needs a certificate.</summary>
    public ChallengeProofs? Proofs => Volatile.Read(ref _setup)?.Proofs;

    /// <summary>How each certificate stands.</summary>
    public IEnumerable<AcmeStatus> Statuses => Volatile.Read(ref _running).Select(c => c.Status);

    /// <summary>The certificate of a site; the one that runs already where nothing has changed.</summary>
    /// <exception cref="IOException">The folder can't be used; or another exception of reading files.</exception>
    public AcmeCertificate Prepare(Site site, AcmeSettings settings)
    {
        ValueList<string> names = AcmeNames.Of(site);
        _next ??= _setup is { } current && current.Settings.Equals(settings) ? current : AcmeSetup.Open(settings, options);
        AcmeCertificate? known =
            _prepared.Find(c => c.Names.Equals(names)) ?? (_next == _setup ? _running.Find(c => c.Names.Equals(names)) : null);
        known ??= new AcmeCertificate(names, _next, _slots, options);
        if (!_prepared.Contains(known))
        {
            _prepared.Add(known);
        }

        return known;
    }

    /// <summary>What was prepared begins, and what wasn't ends.</summary>
    public void TakeOver()
    {
        List<AcmeCertificate> gone = [.. _running.Except(_prepared)];
        AcmeSetup? old = _setup == _next ? null : _setup;
        Volatile.Write(ref _running, [.. _prepared]);
        Volatile.Write(ref _setup, _next);
        _next = null;
        _prepared.Clear();
        foreach (AcmeCertificate certificate in _running)
        {
            certificate.Start();
        }

        _ = EndAsync(gone, old);
    }

    /// <summary>What was prepared is forgotten.</summary>
    public void Withdraw()
    {
        _prepared.Clear();
        if (_next != _setup)
        {
            _next?.Dispose();
        }

        _next = null;
    }

    /// <summary>Ends; orders under way are left to the next process.</summary>
    public async Task StopAsync()
    {
        (List<AcmeCertificate> gone, AcmeSetup? old) = (_running, _setup);
        Volatile.Write(ref _running, []);
        await EndAsync(gone, old);
    }

    private static async Task EndAsync(List<AcmeCertificate> gone, AcmeSetup? setup)
    {
        await Task.WhenAll(gone.Select(c => c.StopAsync()));
        setup?.Dispose();
    }
}
