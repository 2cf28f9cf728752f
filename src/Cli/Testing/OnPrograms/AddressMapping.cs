using System.Globalization;
using System.Net;
using Confgen.Model.Units;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// What stands for what while a spec is tried on this machine: ports that may not be opened here, upstreams that aren't reachable,
/// clients from elsewhere. A client becomes an address of the loopback network, and each list of networks the addresses of those clients
/// that are in it; so access rules and trusted proxies decide as they would.
/// </summary>
internal sealed class AddressMapping
{
    // Nobody connects from here: a list that holds none of the clients stays a list that isn't empty.
    private static readonly Cidr _nobody = Cidr.Of(IPAddress.Parse("127.255.255.254"));

    private readonly Dictionary<int, int> _ports = [];
    private readonly Dictionary<string, IPAddress> _listening = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, IPAddress> _clients = [];
    private readonly List<(string Staged, string Real)> _servers = [];

    /// <summary>The port that is opened instead of one of the spec.</summary>
    public int Port(int real)
    {
        if (!_ports.TryGetValue(real, out int staged))
        {
            _ports[real] = staged = FreePorts.Take();
        }

        return staged;
    }

    /// <summary>Whether a port is opened instead of one of the spec.</summary>
    public bool IsOpened(int staged) => _ports.ContainsValue(staged);

    /// <summary>The loopback address that is bound instead of one of the spec; null is every address of the host.</summary>
    public IPAddress Listening(string? real)
    {
        if (!_listening.TryGetValue(real ?? "", out IPAddress? staged))
        {
            _listening[real ?? ""] = staged = real is null
                ? IPAddress.Loopback
                : new IPAddress([127, 0, 1, (byte)(1 + (_listening.Count % 250))]);
        }

        return staged;
    }

    /// <summary>The address from which a client connects.</summary>
    public IPAddress Client(IPAddress real)
    {
        if (!_clients.TryGetValue(real, out IPAddress? staged))
        {
            // Three digits in the last part: none is the beginning of another.
            _clients[real] = staged = new IPAddress([127, 1, (byte)(_clients.Count / 150), (byte)(100 + (_clients.Count % 150))]);
        }

        return staged;
    }

    /// <summary>The networks, cut down to the clients known by now.</summary>
    public IEnumerable<Cidr> Networks(IReadOnlyList<Cidr> real)
    {
        Cidr[] members = [.. _clients.Where(c => real.Any(n => n.Contains(c.Key))).Select(c => Cidr.Of(c.Value))];
        return real.Count == 0 || members.Length > 0 ? members : [_nobody];
    }

    /// <summary>Remembers that a server of the spec is played by a stand-in.</summary>
    public void Server(string real, int port) => _servers.Add((string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), real));

    /// <summary>A list of addresses, as in X-Forwarded-For, as the program here gets it.</summary>
    public string ToStaged(string list) =>
        string.Join(
            ',',
            list.Split(',')
                .Select(item =>
                    IPAddress.TryParse(item.Trim(), out IPAddress? address)
                        ? item.Replace(item.Trim(), Client(address).ToString(), StringComparison.Ordinal)
                        : item
                )
        );

    /// <summary>A header's value as it would be at the real addresses.</summary>
    public string ToReal(string value)
    {
        foreach ((string staged, string real) in _servers)
        {
            value = value.Replace(staged, real, StringComparison.Ordinal);
        }

        foreach ((IPAddress real, IPAddress staged) in _clients)
        {
            value = value.Replace(staged.ToString(), real.ToString(), StringComparison.Ordinal);
        }

        foreach ((int real, int staged) in _ports)
        {
            string port = staged.ToString(CultureInfo.InvariantCulture);
            string written = real.ToString(CultureInfo.InvariantCulture);
            bool isDefault =
                (real == 443 && value.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                || (real == 80 && value.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
            value = value == port ? written : value.Replace(":" + port, isDefault ? "" : ":" + written, StringComparison.Ordinal);
        }

        return value;
    }
}
