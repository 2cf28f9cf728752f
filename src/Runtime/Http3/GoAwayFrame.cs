using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>The frame after which no request is served any more (RFC 9114, section 5.2).</summary>
internal static class GoAwayFrame
{
    /// <summary>Writes one.</summary>
    /// <param name="to">Where.</param>
    /// <param name="firstRefused">The first request that is not served.</param>
    public static void Write(OutputBuffer to, long firstRefused)
    {
        var id = new OutputBuffer();
        VariableInteger.Write(id, firstRefused);
        VariableInteger.Write(to, FrameTypes.GoAway);
        VariableInteger.Write(to, id.Length);
        to.Write(id.Memory.Span);
        id.Release();
    }
}
