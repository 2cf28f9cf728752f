namespace Confgen.Runtime.Resolving;

/// <summary>A resource record (RFC 1035, section 3.2.1).</summary>
/// <param name="Owner">The name that it says something about, in lower case.</param>
/// <param name="TimeToLive">How long it may be used.</param>
internal abstract record DnsRecord(string Owner, TimeSpan TimeToLive);
