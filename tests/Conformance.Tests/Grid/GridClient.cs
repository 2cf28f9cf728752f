namespace Confgen.Conformance.Tests.Grid;

/// <summary>How a client speaks; those named Tls over TLS.</summary>
internal enum GridClient
{
    Http10,
    Http10Kept,
    Http11,
    Http11Closing,
    Http10Tls,
    Http10KeptTls,
    Http11Tls,
    Http11ClosingTls,
    Http2,
}
