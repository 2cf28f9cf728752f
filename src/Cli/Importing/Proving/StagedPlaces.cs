using System.Globalization;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Model.Units;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Cli.Importing.Proving;

/// <summary>Ports, mocks and files for an original, as a staged spec has them.</summary>
internal sealed class StagedPlaces(string folder, AddressMapping mapping, MockUpstreams mocks, StagedFiles files) : IStagingPlaces
{
    private readonly Dictionary<(string HostPort, bool IsScript), string> _servers = [];

    /// <inheritdoc/>
    public string Folder => folder;

    /// <inheritdoc/>
    public string Certificate => files.Certificate;

    /// <inheritdoc/>
    public string Key => files.Key;

    /// <inheritdoc/>
    public int Port(int real) => mapping.Port(real);

    /// <inheritdoc/>
    public string Server(string host, int port) => Mock(host, port, isScript: false);

    /// <inheritdoc/>
    public string Script(string host, int port) => Mock(host, port, isScript: true);

    private string Mock(string host, int port, bool isScript)
    {
        bool isSocket = host.StartsWith("unix:", StringComparison.Ordinal);
        var real = new ServerAddress(
            ServerScheme.Http,
            isSocket ? "" : host.Trim('[', ']').ToLowerInvariant(),
            isSocket ? 0 : port,
            isSocket ? host["unix:".Length..].TrimEnd(':') : null
        );
        if (!_servers.TryGetValue((real.HostPort, isScript), out string? mock))
        {
            int opened = mocks.Add("original", real, isScript).Port;
            _servers.Add((real.HostPort, isScript), mock = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{opened}"));
        }

        return mock;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Clients(string network) =>
        Cidr.TryParse(network, out Cidr cidr, out _) ? [.. mapping.Networks([cidr]).Select(n => n.ToString())] : ["127.255.255.254"];

    /// <inheritdoc/>
    public string File(string real) => files.File(real);

    /// <inheritdoc/>
    public string Directory(string real) => files.Directory(real);
}
