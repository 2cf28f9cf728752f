using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Clients;

/// <summary>A client that plays its part of a case: over HTTP/1.x or HTTP/2.</summary>
internal abstract class GridClientBase(GridRun run, (int Plain, int Tls) ports)
{
    /// <summary>The size of a piece of an upload.</summary>
    protected const int Piece = 64 * 1024;

    protected GridRun Run => run;

    protected GridCase Case => run.Case;

    public static GridClientBase Of(GridRun run, (int Plain, int Tls) ports) =>
        run.Case.Client == GridClient.Http2 ? new Http2GridClient(run, ports) : new Http1GridClient(run, ports);

    /// <summary>Plays the case.</summary>
    public abstract Task<ClientView> PlayAsync(CancellationToken stop);

    protected Task<RawConnection> ConnectAsync(CancellationToken stop)
    {
        SslClientAuthenticationOptions? tls = !Case.Tls
            ? null
            : new()
            {
                TargetHost = run.Host,
                ApplicationProtocols = Case.Client == GridClient.Http2 ? [SslApplicationProtocol.Http2] : [SslApplicationProtocol.Http11],
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            };
        bool slow = Case.Reader != GridReader.Quick;
        return RawConnection.OpenAsync(
            Case.Tls ? ports.Tls : ports.Plain,
            null,
            tls,
            stop,
            slow ? 32 * 1024 : 0,
            Case.Reader == GridReader.Slow ? static s => new PacedStream(s) : null
        );
    }

    protected ClientView View() =>
        new() { Body = new PayloadCheck(Case.IsRelayed || Case.Route == GridRoute.Files ? run.Down : new Payload(0, 0)) };

    /// <summary>The fields of the request, but Host and those of the connection and the framing.</summary>
    protected List<Field> RequestFields()
    {
        List<Field> fields = [new("user-agent", "grid"), new("accept", "*/*"), .. ExtraFields.OfRequest(Case.Extra)];
        if (Case.Route == GridRoute.Compressed)
        {
            fields.Add(new("accept-encoding", "gzip"));
        }

        if (Case.Route == GridRoute.Guarded)
        {
            fields.Add(new("authorization", "Basic " + GridSpec.Credentials));
        }

        return fields;
    }

    /// <summary>The path of a plain request with which a connection is tried again.</summary>
    protected string PingTarget => $"/{Case.Upstream}/plain/ping".ToLowerInvariant();

    /// <summary>Waits until the exchange is in its middle, or can't get there.</summary>
    protected Task UntilMiddleAsync(CancellationToken stop) => run.Middle.Task.WaitAsync(stop);

    /// <summary>Waits until the origin has sent all, or no byte more for a second: nobody takes it.</summary>
    protected async Task UntilStalledAsync(CancellationToken stop)
    {
        await UntilMiddleAsync(stop);
        for (long before = -1; run.Sent < Case.Size && run.Sent != before && !run.OriginEnded.Task.IsCompleted; )
        {
            before = run.Sent;
            await Task.Delay(1000, stop);
        }
    }

    /// <summary>
    /// Puts a whole body that came where it is judged: the origin's bytes, decoded where they are coded, or the program's own ones.
    /// </summary>
    protected Stream Sink(ClientView view, out MemoryStream? kept)
    {
        bool coded = view.Values("content-encoding").Any();
        kept = coded || !(Case.IsRelayed || Case.Route == GridRoute.Files) ? new MemoryStream() : null;
        return (Stream?)kept ?? view.Body;
    }

    protected static void Settle(ClientView view, MemoryStream? kept)
    {
        if (kept is null)
        {
            return;
        }

        if (!view.Values("content-encoding").Contains("gzip"))
        {
            view.Own = kept.ToArray();
            return;
        }

        kept.Position = 0;
        using var decoded = new System.IO.Compression.GZipStream(kept, System.IO.Compression.CompressionMode.Decompress);
        try
        {
            decoded.CopyTo(view.Body);
        }
        catch (InvalidDataException e)
        {
            view.Fault ??= $"no gzip: {e.Message}";
        }
    }
}
