using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.HAProxy;

internal static partial class HAProxyCapabilities
{
    private static IEnumerable<Capability> Streams() =>
        [
            new(
                StreamFields.Sni,
                Support.Approximate,
                "a ClientHello in several TLS records, or one that can't be read, is closed: HAProxy reads the first record alone"
            ),
        ];
}
