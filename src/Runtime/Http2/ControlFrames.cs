using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Http2;

/// <summary>Writes the frames that are no part of a response, unless the connection has broken.</summary>
internal sealed class ControlFrames(FrameSender sender, ResponseFrames frames, Lock guard)
{
    /// <summary>Writes this side's settings.</summary>
    public void WriteSettings(params ReadOnlySpan<(Setting Id, uint Value)> settings)
    {
        lock (guard)
        {
            if (!sender.IsBroken)
            {
                SettingsFrame.Write(sender.Filling, settings);
            }
        }
    }

    /// <summary>Writes GOAWAY: the connection ends, and why.</summary>
    public void WriteGoAway(int lastStream, int code)
    {
        lock (guard)
        {
            if (!sender.IsBroken)
            {
                FrameWriter.WriteGoAway(sender.Filling, lastStream, code);
            }
        }
    }

    /// <summary>Writes a frame that concerns the connection.</summary>
    public void Write(FrameType type, byte flags, ReadOnlySpan<byte> payload)
    {
        lock (guard)
        {
            if (!sender.IsBroken)
            {
                frames.Write(type, flags, 0, payload);
            }
        }
    }

    /// <summary>Writes a frame of one number: RST_STREAM and WINDOW_UPDATE.</summary>
    public void WriteNumber(FrameType type, int stream, int number)
    {
        lock (guard)
        {
            if (!sender.IsBroken)
            {
                FrameWriter.WriteNumber(sender.Filling, type, stream, number);
            }
        }
    }
}
