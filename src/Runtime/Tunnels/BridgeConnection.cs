using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>A connection of a bridge: spare until the portal takes it, then a stream to the service.</summary>
internal sealed class BridgeConnection(TunnelLink link, Bridge bridge, DeadlineWatch watch)
{
    private ByteRelay? _stream;

    /// <summary>When it became spare, on the watch's clock.</summary>
    public long SpareSince { get; private set; } = watch.Now;

    /// <summary>Whether another process awaits bridges in the place of the one at its other end.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Runs until the connection is gone.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await TakenAsync() is { } taken)
            {
                bridge.Taken(this, taken.Wanted);
                if (await bridge.OpenServiceAsync(taken.IsHttp2) is not { } service)
                {
                    SpareSince = watch.Now;
                    bridge.SpareAgain(this);
                    await link.SendAsync(new TunnelFrame(TunnelFrameKind.Refused));
                    continue;
                }

                _stream = new ByteRelay(new Duplex(link.Connection, link.Input), new Duplex(service, new InputBuffer(service)), watch);
                await link.SendAsync(new TunnelFrame(TunnelFrameKind.Ready));
                await _stream.RunAsync();
                return;
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The portal is gone.
            _stream?.Abort();
        }
        finally
        {
            link.Connection.Dispose();
            bridge.Gone(this);
        }
    }

    /// <summary>Ends it if it carries nothing, or most likely nothing.</summary>
    public bool CloseIfQuiet(TimeSpan quiet)
    {
        bool isQuiet = _stream?.IsQuiet(quiet) != false;
        if (isQuiet)
        {
            link.Connection.Dispose();
        }

        return isQuiet;
    }

    /// <summary>Ends it whatever it carries.</summary>
    public void Abort() => link.Connection.Abort();

    private async ValueTask<TunnelFrame?> TakenAsync()
    {
        // A portal that is not heard any more is gone, even where no packet says so.
        using var silence = new LinkDeadline(link.Connection, watch);
        silence.Within(TunnelTimes.Silence);
        while (await link.ReadFrameAsync() is { } frame)
        {
            silence.Within(TunnelTimes.Silence);
            switch (frame.Kind)
            {
                case TunnelFrameKind.Ping:
                    await link.SendAsync(new TunnelFrame(TunnelFrameKind.Pong));
                    continue;
                case TunnelFrameKind.Move:
                    IsMoved = true;
                    bridge.Moved(this);
                    continue;
                case TunnelFrameKind.Take:
                    return frame;
                default:
                    return null;
            }
        }

        return null;
    }
}
