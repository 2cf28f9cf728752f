using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Confgen.Files;

namespace Confgen.Runtime.Resolving;

/// <summary>Which DNS servers are asked, and how: as resolv.conf(5) says it.</summary>
internal sealed record ResolverConfig
{
    private const int DnsPort = 53;
    private const string SystemFile = "/etc/resolv.conf";
    private const int LargestFile = 1024 * 1024;

    /// <summary>The servers, asked in turn.</summary>
    public required IReadOnlyList<IPEndPoint> Servers { get; init; }

    /// <summary>Domains that a short name is tried in.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>A name with fewer dots is tried in the domains first.</summary>
    public int Dots { get; init; } = 1;

    /// <summary>
    /// The longest wait for one server. The file's default of 5 s is as long as the usual connect time-out, so that a second server would
    /// never be asked in time.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each server is asked.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>What this system says.</summary>
    public static ResolverConfig OfSystem()
    {
        try
        {
            if (RegularFile.Exists(SystemFile))
            {
                return Parse(RegularFile.ReadText(SystemFile, LargestFile).Split('\n'));
            }

            return new ResolverConfig { Servers = [.. OfInterfaces()] };
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NetworkInformationException or PlatformNotSupportedException)
        {
            // As if it said nothing.
            return Parse([]);
        }
    }

    /// <summary>Reads the lines of a resolv.conf; what isn't understood is passed over, as the system does.</summary>
    public static ResolverConfig Parse(IEnumerable<string> lines)
    {
        var servers = new List<IPEndPoint>();
        var config = new ResolverConfig { Servers = servers };
        foreach (string line in lines)
        {
            switch (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                case ["nameserver", var address, ..] when IPAddress.TryParse(address, out IPAddress? ip):
                    servers.Add(new IPEndPoint(ip, DnsPort));
                    break;
                case ["search" or "domain", .. var domains]:
                    config = config with { Search = [.. domains.Select(d => d.Trim('.').ToLowerInvariant()).Where(d => d.Length > 0)] };
                    break;
                case ["options", .. var options]:
                    config = options.Aggregate(config, With);
                    break;
            }
        }

        // As resolv.conf(5): without any, the one on this host.
        return servers.Count > 0 ? config : config with { Servers = [new IPEndPoint(IPAddress.Loopback, DnsPort)] };
    }

    private static ResolverConfig With(ResolverConfig config, string option) =>
        option.Split(':') switch
        {
            ["ndots", var text] when TryCount(text, 15, out int dots) => config with { Dots = dots },
            ["timeout", var text] when TryCount(text, 30, out int seconds) => config with
            {
                Timeout = TimeSpan.FromSeconds(Math.Max(seconds, 1)),
            },
            ["attempts", var text] when TryCount(text, 5, out int attempts) => config with { Attempts = Math.Max(attempts, 1) },
            _ => config,
        };

    private static bool TryCount(string text, int most, out int value)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        value = Math.Min(value, most);
        return isNumber;
    }

    private static IEnumerable<IPEndPoint> OfInterfaces() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().DnsAddresses)
            .Distinct()
            .Select(a => new IPEndPoint(a, DnsPort));
}
