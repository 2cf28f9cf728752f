using System.Net.Security;
using System.Security.Authentication;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>How a client speaks TLS.</summary>
/// <param name="ServerName">The SNI; empty for none.</param>
/// <param name="Protocols">The versions that it offers.</param>
/// <param name="Certificate">The name of the client's certificate among the tests' own, or null.</param>
/// <param name="Ciphers">The cipher suites that it offers; empty for the usual ones.</param>
internal sealed record RequestTls(string ServerName, SslProtocols Protocols, string? Certificate, IReadOnlyList<TlsCipherSuite> Ciphers);
