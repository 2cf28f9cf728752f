using System.Net.Quic;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A test that needs the platform's QUIC; it is shown as skipped where there is none.</summary>
internal sealed class QuicFactAttribute : FactAttribute
{
    public QuicFactAttribute() => Skip = QuicListener.IsSupported ? null : "there is no libmsquic here";
}
