using System.Net;
using Confgen.Model.Units;

namespace Confgen.Model.Guards;

/// <summary>Access by the client's address, after trusted proxies; else 403.</summary>
public sealed record AddressAccess : SpecNode
{
    /// <summary>Who may; everyone who is not denied where it is empty.</summary>
    public ValueList<Cidr> Allow { get; init; } = [];

    /// <summary>Who may not, even if allowed.</summary>
    public ValueList<Cidr> Deny { get; init; } = [];

    /// <summary>Whether who is allowed needs no credentials, and who isn't may have them (<c>satisfy: any</c>).</summary>
    public bool IsEnough { get; init; }

    /// <summary>Whether everyone may.</summary>
    public bool IsOpen => Allow.Count == 0 && Deny.Count == 0;

    /// <summary>Whether this client may. One without an address, as on a unix socket, is in no block.</summary>
    public bool Permits(IPAddress? client)
    {
        if (client is null)
        {
            return Allow.Count == 0;
        }

        foreach (Cidr denied in Deny)
        {
            if (denied.Contains(client))
            {
                return false;
            }
        }

        foreach (Cidr allowed in Allow)
        {
            if (allowed.Contains(client))
            {
                return true;
            }
        }

        return Allow.Count == 0;
    }
}
