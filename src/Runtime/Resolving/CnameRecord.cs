namespace Confgen.Runtime.Resolving;

/// <summary>A record of type CNAME.</summary>
/// <param name="Owner">The alias.</param>
/// <param name="TimeToLive">How long it may be used.</param>
/// <param name="Target">The name that it stands for.</param>
internal sealed record CnameRecord(string Owner, TimeSpan TimeToLive, string Target) : DnsRecord(Owner, TimeToLive);
