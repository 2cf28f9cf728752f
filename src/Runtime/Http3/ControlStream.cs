namespace Confgen.Runtime.Http3;

/// <summary>
/// Reads the client's control stream (RFC 9114, section 6.2.1): its settings, and then little that concerns a server without pushes.
/// </summary>
/// <param name="frames">The stream's frames.</param>
/// <param name="settings">Gets what the client says of itself.</param>
internal sealed class ControlStream(FrameReader frames, PeerSettings settings)
{
    // A dozen settings are in use; nobody has thousands.
    private const int LongestSettings = 4 * 1024;

    private long _mostPushId = -1;
    private long _goAway = VariableInteger.Most;

    /// <summary>Reads it to its end, which ends the connection, too.</summary>
    /// <exception cref="ConnectionFaultException">Always.</exception>
    public async Task RunAsync()
    {
        if (!await frames.FirstAsync())
        {
            throw new ConnectionFaultException(ErrorCodes.ClosedCriticalStream);
        }

        // Not even a frame that nobody knows stands before them (RFC 9114, section 9).
        if (frames.Type != FrameTypes.Settings)
        {
            throw new ConnectionFaultException(ErrorCodes.MissingSettings);
        }

        ReadSettings((await TakeAsync(LongestSettings)).Span);
        while (await frames.NextAsync())
        {
            switch (frames.Type)
            {
                case FrameTypes.GoAway:
                    // The number of a push, which must not grow (RFC 9114, section 5.2).
                    _goAway =
                        await TakeNumberAsync() is var last && last <= _goAway
                            ? last
                            : throw new ConnectionFaultException(ErrorCodes.IdError);
                    break;
                case FrameTypes.MaxPushId:
                    // It must not shrink (RFC 9114, section 7.2.7).
                    _mostPushId =
                        await TakeNumberAsync() is var most && most >= _mostPushId
                            ? most
                            : throw new ConnectionFaultException(ErrorCodes.IdError);
                    break;
                case FrameTypes.CancelPush:
                    // Nothing was ever pushed (RFC 9114, section 7.2.3).
                    await TakeNumberAsync();
                    throw new ConnectionFaultException(ErrorCodes.IdError);
                default:
                    throw new ConnectionFaultException(ErrorCodes.FrameUnexpected);
            }
        }

        throw new ConnectionFaultException(ErrorCodes.ClosedCriticalStream);
    }

    // RFC 9114, section 7.2.4: numbers and values, each number once, and none that only HTTP/2 has.
    private void ReadSettings(ReadOnlySpan<byte> payload)
    {
        var seen = new HashSet<long>();
        while (!payload.IsEmpty)
        {
            if (
                !VariableInteger.TryRead(payload, out long id, out int idLength)
                || !VariableInteger.TryRead(payload[idLength..], out long value, out int valueLength)
            )
            {
                throw new ConnectionFaultException(ErrorCodes.FrameError);
            }

            payload = payload[(idLength + valueLength)..];
            bool isSwitch = id is Http3Settings.EnableConnectProtocol;
            if (!seen.Add(id) || id is 0 or (>= 2 and <= 5) || (isSwitch && value > 1))
            {
                throw new ConnectionFaultException(ErrorCodes.SettingsError);
            }

            if (id == Http3Settings.MaxFieldSectionSize)
            {
                settings.MaxFieldSectionSize = value;
            }
        }
    }

    private async ValueTask<long> TakeNumberAsync()
    {
        ReadOnlyMemory<byte> payload = await TakeAsync(VariableInteger.LongestForm);
        return VariableInteger.TryRead(payload.Span, out long number, out int length) && length == payload.Length
            ? number
            : throw new ConnectionFaultException(ErrorCodes.FrameError);
    }

    private ValueTask<ReadOnlyMemory<byte>> TakeAsync(int longest) =>
        frames.Left > longest
            ? throw new ConnectionFaultException(longest == VariableInteger.LongestForm ? ErrorCodes.FrameError : ErrorCodes.ExcessiveLoad)
            : frames.TakeAllAsync();
}
