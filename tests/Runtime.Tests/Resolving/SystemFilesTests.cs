using System.Net;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Tests.Resolving;

public sealed class SystemFilesTests
{
    [Fact]
    public void A_resolv_conf_is_read_as_the_system_reads_it()
    {
        ResolverConfig config = ResolverConfig.Parse([
            "# generated",
            "; too",
            "nameserver 10.0.0.1",
            "nameserver\t2001:db8::53",
            "nameserver nonsense",
            "search old.test",
            "search ns.svc.cluster.local svc.cluster.local.",
            "options ndots:5 timeout:1 attempts:9 rotate edns0",
        ]);

        Assert.Equal(["10.0.0.1:53", "[2001:db8::53]:53"], config.Servers.Select(s => s.ToString()));
        Assert.Equal(["ns.svc.cluster.local", "svc.cluster.local"], config.Search);
        Assert.Equal((5, TimeSpan.FromSeconds(1), 5), (config.Dots, config.Timeout, config.Attempts));
    }

    [Fact]
    public void Without_a_server_the_one_on_this_host_is_asked() =>
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 53), Assert.Single(ResolverConfig.Parse([]).Servers));

    [Fact]
    public void A_hosts_file_names_addresses()
    {
        string[] lines =
        [
            "127.0.0.1 localhost",
            "# 10.0.0.9 app",
            "10.0.0.1\tapp.internal  App # comment other",
            "2001:db8::1 app",
            "nonsense app",
            "",
        ];

        Assert.Equal(["10.0.0.1", "2001:db8::1"], HostsFile.Find(lines, "app").Select(a => a.ToString()));
        Assert.Empty(HostsFile.Find(lines, "other"));
    }
}
