using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Streams;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

internal static partial class NginxCapabilities
{
    // What stream blocks do otherwise.
    private static IEnumerable<Capability> Streams() =>
        [
            Capability.For<TcpStream>(
                StreamFields.Sni,
                Support.Unsupported,
                "to upstreams with several servers and different `retries`",
                static stream =>
                    stream.Upstreams.Where(static u => u.Servers.Count > 1).Select(static u => u.Retries).Distinct().Skip(1).Any(),
                "nginx has one number of tries for all of them: write the same `retries`"
            ),
            new(StreamFields.Listen, Support.Approximate, "a connection whose one direction ends is closed whole")
            {
                Versions = new VersionRange(Until: NginxFeatures.HalfCloses.Since),
            },
            Capability.For<ProxyProtocol>(
                ProxyProtocolFields.Send,
                Support.Unsupported,
                "`v2`",
                static protocol => protocol.Send == ProxyHeaderVersion.V2,
                "nginx sends version 1: write `v1`, which servers that know version 2 read as well"
            ),
            Capability.For<ProxyProtocol>(
                ProxyProtocolFields.Send,
                Support.Approximate,
                "beside `accept`",
                static protocol => protocol is { Accept: true, Send: not ProxyHeaderVersion.None },
                "the header that is sent has nginx's own address as the one that the client connected to"
            ),
        ];
}
