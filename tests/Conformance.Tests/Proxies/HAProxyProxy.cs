using System.Diagnostics;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed HAProxy.</summary>
internal sealed class HAProxyProxy() : RenderedProxy("haproxy", "-v")
{
    /// <summary>Some fields stay unsupported, so that a case tries what can be built.</summary>
    public override bool MayRefuse => true;

    // Until it has found servers in DNS, it has none.
    protected override string ReadyWord(Place place) => place.DnsServer is null ? "" : "is UP/READY";

    protected override string Asking(string dnsServer, string text) =>
        text.Replace("parse-resolv-conf", $"nameserver test {dnsServer}", StringComparison.Ordinal);

    protected override ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, Place place) =>
        new(program, [.. place.AdminPort is null ? [] : (string[])["-W"], "-db", "-f", Path.Combine(place.Folder, files[0].Path)]);

    protected override Task ReloadAsync(ProcessStartInfo start, int process, CancellationToken stop) =>
        ProxyProcess.SignalAsync(process, "USR2");
}
