namespace Confgen.Runtime.Resolving;

/// <summary>The types of resource records that are asked for or followed (RFC 1035, section 3.2.2).</summary>
internal enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>The name that stands in for this one.</summary>
    Cname = 5,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>A server of a service (RFC 2782).</summary>
    Srv = 33,
}
