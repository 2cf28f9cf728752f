using System.Net;

namespace Confgen.Runtime.Resolving;

/// <summary>A record of type A or AAAA.</summary>
/// <param name="Owner">The host.</param>
/// <param name="TimeToLive">How long it may be used.</param>
/// <param name="Address">Its address.</param>
internal sealed record AddressRecord(string Owner, TimeSpan TimeToLive, IPAddress Address) : DnsRecord(Owner, TimeToLive);
