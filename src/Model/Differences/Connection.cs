using Confgen.Model.Rules;
using Confgen.Model.Sites;

namespace Confgen.Model.Differences;

/// <summary>Connections to one port, on one address or on all that no spec names, with or without TLS; or to one unix socket.</summary>
/// <param name="Listen">The listener's key: an address and port, a port alone, or a socket.</param>
/// <param name="IsOther">Whether it stands for every address of the port that no listener names.</param>
/// <param name="Https">Whether TLS is spoken.</param>
/// <param name="Old">The listener that accepts them in the old spec; null where none does.</param>
/// <param name="New">The listener in the new one.</param>
public sealed record Connection(ListenAddress Listen, bool IsOther, bool Https, ListenerModel? Old, ListenerModel? New)
{
    /// <summary>Every kind of connection that one of the specs accepts.</summary>
    public static IReadOnlyList<Connection> Of(Spec old, Spec @new)
    {
        (IReadOnlyList<ListenerModel> before, IReadOnlyList<ListenerModel> after) = (Listeners.Of(old), Listeners.Of(@new));
        ListenAddress[] all = [.. before.Concat(after).Select(l => l.Address)];
        var found = new List<Connection>();
        foreach (
            ListenAddress named in all.Concat(all.Where(a => a.Address is not null && a.SocketPath is null).Select(Everywhere))
                .DistinctBy(a => a.ToString(), StringComparer.Ordinal)
        )
        {
            (ListenerModel? was, ListenerModel? now) = (Accepting(before, named), Accepting(after, named));
            foreach (bool https in new[] { false, true })
            {
                if (was?.Speaks(https) == true || now?.Speaks(https) == true)
                {
                    found.Add(new Connection(named, named.Address is null && named.SocketPath is null, https, was, now));
                }
            }
        }

        return found;
    }

    /// <summary>Whether a request comes over such a connection.</summary>
    public bool Takes(EvaluatedRequest request) => request.Port == Listen.Port && request.Https == Https;

    private static ListenAddress Everywhere(ListenAddress named) => new() { Port = named.Port };

    // A socket that is bound to the address goes before one for every address.
    private static ListenerModel? Accepting(IReadOnlyList<ListenerModel> listeners, ListenAddress address) =>
        listeners.FirstOrDefault(l => l.Address.ToString() == address.ToString())
        ?? (
            address.SocketPath is not null
                ? null
                : listeners.FirstOrDefault(l => l.Address is { Address: null, SocketPath: null } && l.Address.Port == address.Port)
                    ?? listeners.FirstOrDefault(l => l.Address.Port == address.Port && IsWildcard(l.Address.Address, address.Address))
        );

    private static bool IsWildcard(string? wildcard, string? address) =>
        wildcard switch
        {
            "::" => true,
            "0.0.0.0" => address?.Contains(':', StringComparison.Ordinal) != true,
            _ => false,
        };
}
