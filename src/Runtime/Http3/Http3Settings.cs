using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>
/// What this side says first on its control stream (RFC 9114, section 7.2.4). QPACK's table and blocked streams stay at their default, 0.
/// </summary>
internal static class Http3Settings
{
    /// <summary>Whether WebSocket may be asked for (RFC 9220, section 3).</summary>
    public const long EnableConnectProtocol = 0x8;

    /// <summary>The largest field section that a side takes (RFC 9114, section 7.2.4.1).</summary>
    public const long MaxFieldSectionSize = 0x6;

    /// <summary>Writes the control stream's beginning: its type and the settings.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="headLimit">The largest field section that is taken, as the protocol counts: with 32 bytes more for each field.</param>
    public static void Write(OutputBuffer output, long headLimit)
    {
        var settings = new OutputBuffer();
        VariableInteger.Write(settings, MaxFieldSectionSize);
        VariableInteger.Write(settings, headLimit);
        VariableInteger.Write(settings, EnableConnectProtocol);
        VariableInteger.Write(settings, 1);
        VariableInteger.Write(output, StreamTypes.Control);
        VariableInteger.Write(output, FrameTypes.Settings);
        VariableInteger.Write(output, settings.Length);
        output.Write(settings.Memory.Span);
        settings.Release();
    }
}
