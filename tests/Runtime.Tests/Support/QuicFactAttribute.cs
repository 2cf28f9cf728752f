using System.Net.Quic;
using System.Runtime.CompilerServices;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A test that needs the platform's QUIC; it is shown as skipped where there is none.</summary>
internal sealed class QuicFactAttribute : FactAttribute
{
    public QuicFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = QuicListener.IsSupported ? null : "there is no libmsquic here";
}
