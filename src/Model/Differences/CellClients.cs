using System.Net;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

/// <summary>Networks of which one has the address of each client of a cell, or none.</summary>
/// <param name="Blocks">The networks.</param>
/// <param name="Holds">Whether one of them has it.</param>
public sealed record CellClients(ValueList<Cidr> Blocks, bool Holds)
{
    /// <summary>Whether a client may be one of the cell's.</summary>
    public bool Has(IPAddress client) => Blocks.Any(b => b.Contains(client)) == Holds;

    /// <summary>In words, as <c>from 10.0.0.0/8</c>.</summary>
    public override string ToString() => (Holds ? "from " : "not from ") + string.Join(" or ", Blocks);
}
