namespace Confgen.Runtime.Resolving;

/// <summary>A record of type SRV (RFC 2782).</summary>
/// <param name="Owner">The service.</param>
/// <param name="TimeToLive">How long it may be used.</param>
/// <param name="Priority">Servers of a higher number wait until those of a lower can't be reached.</param>
/// <param name="Weight">The share among those of the same priority.</param>
/// <param name="Port">The port.</param>
/// <param name="Target">The host; the root's name, empty here, says that there is no such service.</param>
internal sealed record SrvRecord(string Owner, TimeSpan TimeToLive, int Priority, int Weight, int Port, string Target)
    : DnsRecord(Owner, TimeToLive);
