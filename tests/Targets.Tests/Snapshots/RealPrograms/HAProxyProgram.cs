using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.HAProxy;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary><c>haproxy -c</c>.</summary>
internal sealed class HAProxyProgram : IRealProgram
{
    public string Target => "haproxy";

    public bool IsHere(ITestOutputHelper output) => RealHAProxy.IsHere(output);

    // What is written for 3.0 and later, as crt-store, Debian's 2.6 doesn't know.
    public bool Reads(TargetVersion version) => (version.Major, version.Minor) == (2, 6);

    public string Check(string folder) => RealHAProxy.Test(Path.Combine(folder, "haproxy.cfg"));
}
