using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2Frames;

/// <summary>SETTINGS frames (RFC 9113, section 6.5).</summary>
internal static class SettingsFrame
{
    private const int Size = 6;

    /// <summary>Takes the next setting off a payload that isn't empty. 0, or the error code for which the connection ends.</summary>
    public static int Take(ref ReadOnlySpan<byte> payload, out Setting id, out uint value)
    {
        if (payload.Length < Size)
        {
            (id, value) = (default, 0);
            return ErrorCodes.FrameSizeError;
        }

        id = (Setting)BinaryPrimitives.ReadUInt16BigEndian(payload);
        value = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]);
        payload = payload[Size..];
        return id switch
        {
            Setting.EnablePush when value > 1 => ErrorCodes.ProtocolError,
            Setting.MaxFrameSize when value is < FrameHead.MaxPayload or > (1 << 24) - 1 => ErrorCodes.ProtocolError,
            Setting.InitialWindowSize when value > int.MaxValue => ErrorCodes.FlowControlError,
            _ => 0,
        };
    }

    /// <summary>Writes a frame with this side's settings.</summary>
    public static void Write(OutputBuffer output, params ReadOnlySpan<(Setting Id, uint Value)> settings)
    {
        Span<byte> payload = stackalloc byte[Size * settings.Length];
        for (int i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[(i * Size)..], (ushort)settings[i].Id);
            BinaryPrimitives.WriteUInt32BigEndian(payload[((i * Size) + 2)..], settings[i].Value);
        }

        FrameWriter.Write(output, FrameType.Settings, FrameFlags.None, 0, payload);
    }
}
