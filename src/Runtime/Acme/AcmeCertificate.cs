using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Confgen.Model;

namespace Confgen.Runtime.Acme;

/// <summary>The certificate of some names: ordered where there is none, and renewed in time, for as long as the names are served.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A source of cancellation without a timer holds nothing, and it may be asked after its end."
)]
internal sealed class AcmeCertificate
{
    private readonly AcmeSetup _setup;
    private readonly AcmePace _pace;
    private readonly ProxyOptions _options;
    private readonly string _folder;
    private readonly string _source;
    private readonly CertificateOrder _order;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _ending = new();
    private DateTimeOffset _started;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private AcmeStatus _status;
    private int _written;
    private Task? _running;

    public AcmeCertificate(ValueList<string> names, AcmeSetup setup, SemaphoreSlim slots, ProxyOptions options)
    {
        (Names, _setup, _slots, _options, _pace) = (names, setup, slots, options, options.AcmePace);
        _folder = setup.Storage.CertificateFolder(names);
        _source = setup.Settings.Ca + (setup.Settings.Profile is { } profile ? $" {profile}" : "");
        _order = new CertificateOrder(setup.Account, setup.Prover, names, _folder, _source, _pace, options.Time);
        _status = new AcmeStatus(names, null, null, Attempts.None);
    }

    /// <summary>What it shares with the others.</summary>
    public AcmeSetup Setup => _setup;

    /// <summary>The names.</summary>
    public ValueList<string> Names { get; }

    /// <summary>The file that holds the certificate, its chain and its key, once there is one.</summary>
    public string File => Path.Combine(_folder, StoredCertificate.FileName);

    /// <summary>How many certificates this process has written to <see cref="File"/>.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>How it stands.</summary>
    public AcmeStatus Status => Volatile.Read(ref _status);

    /// <summary>Begins, or hears that a spec was taken again: what failed is tried soon.</summary>
    public void Start()
    {
        _started = _options.Time.GetUtcNow();
        _running ??= Task.Run(RunAsync);
    }

    /// <summary>Ends, and leaves what is under way to the next one.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        await (_running ?? Task.CompletedTask);
    }

    private string Name => Names.Count == 1 ? Names[0] : $"{Names[0]} and {(Names.Count - 1).ToString(CultureInfo.InvariantCulture)} more";

    private async Task RunAsync()
    {
        CancellationToken ending = _ending.Token;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                TimeSpan wait = await PlanAsync(ending) - _options.Time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    // Not in one piece: the clock may jump.
                    await Task.Delay(wait < _pace.Look ? wait : _pace.Look, _options.Time, ending);
                    continue;
                }

                await AttemptAsync(ending);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _options.Warn($"tls: auto: {Name}: the folder of certificates can't be used: {e.Message}");
                await Task.Delay(_pace.Look, _options.Time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // When the next attempt is due, by what is on the disk now.
    private async Task<DateTimeOffset> PlanAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = _options.Time.GetUtcNow();
        var attempts = Attempts.Read(_folder);
        DateTimeOffset due = attempts.Due(now, _started, _pace);
        StoredCertificate? stored = StoredCertificate.Read(File);
        DateTimeOffset? renewal = null;
        if (stored is not null && stored.Source == _source)
        {
            renewal = await RenewalAsync(stored, now, cancellation);
            due = due > renewal ? due : renewal.Value;
        }

        Volatile.Write(ref _status, new AcmeStatus(Names, stored?.NotAfter, due, attempts));
        return due;
    }

    private async Task<DateTimeOffset> RenewalAsync(StoredCertificate stored, DateTimeOffset now, CancellationToken cancellation)
    {
        DateTimeOffset usual = Usual(stored);
        if (stored.Id is not { } id)
        {
            return usual;
        }

        RenewalInfo? info = RenewalInfo.Read(_folder, id);
        if ((info is null || info.AskAgain <= now) && _asked + _pace.Look <= now)
        {
            try
            {
                _asked = now;
                info = await RenewalInfo.AskAsync(_setup.Account.Client, _folder, id, _pace, _options.Time, cancellation) ?? info;
                _asked = info is null ? now + _pace.RenewalInfo : now;
            }
            catch (AcmeException)
            {
                // Two thirds of the lifetime will do until it responds again.
                _asked = now + _pace.LongestUnreachable;
            }
        }

        return info is null ? usual : RenewalTimes.Within(info.Start, info.End, id);
    }

    private async Task AttemptAsync(CancellationToken cancellation)
    {
        await using FileStream held = await AcmeLock.TakeAsync(Path.Combine(_folder, "lock"), _pace.Lock, _options.Time, cancellation);
        DateTimeOffset now = _options.Time.GetUtcNow();
        if (await PlanAsync(cancellation) > now)
        {
            // Another process has done it.
            return;
        }

        await _slots.WaitAsync(cancellation);
        try
        {
            await OrderAsync(cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task OrderAsync(CancellationToken cancellation)
    {
        var attempts = Attempts.Read(_folder);
        StoredCertificate? old = StoredCertificate.Read(File);
        try
        {
            StoredCertificate issued = await _order.RunAsync(attempts.Failures, old?.Id, cancellation);
            Interlocked.Increment(ref _written);
            Attempts.None.Write(_folder);

            // By the clock of before the question for renewal information, whose response may take long.
            DateTimeOffset now = _options.Time.GetUtcNow();
            DateTimeOffset next = await PlanAsync(cancellation);
            if (next <= now)
            {
                string why = Due(issued, next, now);
                throw new AcmeException(why) { Problem = new AcmeProblem("", why) };
            }

            _options.Notice(
                $"tls: auto: {Name}: {(old is null ? "obtained" : "renewed")}, valid until {Text(issued.NotAfter)}, "
                    + $"to be renewed at {Text(next)}"
            );
        }
        catch (AcmeException e)
        {
            _setup.Account.Client.Forget();
            Attempts failed = attempts.Failed(e, _options.Time.GetUtcNow(), _pace, Name);
            failed.Write(_folder);
            await PlanAsync(cancellation);
            _options.Warn(
                $"tls: auto: {Name}: no {(old is null ? "certificate" : "new certificate")} yet: {e.Message} "
                    + $"(attempt {failed.Failures.ToString(CultureInfo.InvariantCulture)}, the next one at {Text(failed.Next)})"
            );
        }
    }

    // What is to be renewed as soon as it is issued would be ordered again and again.
    private string Due(StoredCertificate issued, DateTimeOffset next, DateTimeOffset now) =>
        Usual(issued) <= now
            ? $"the certificate that was issued ends at {Text(issued.NotAfter)}, and this machine's clock says {Text(now)}"
            : $"the authority has issued a certificate, and wants it to be renewed at {Text(next)}, which is past";

    private DateTimeOffset Usual(StoredCertificate stored) => RenewalTimes.Usual(stored.NotBefore, stored.NotAfter, stored.Id ?? Name);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
