using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary><c>v2ray -test</c>, for each side.</summary>
internal sealed class V2RayProgram : IRealProgram
{
    public string Target => "v2ray";

    public bool IsHere(ITestOutputHelper output) => RealV2Ray.IsHere(output);

    // The call differs since 5.0, not the file.
    public bool Reads(TargetVersion version) => version.Major == 4;

    public string Check(string folder) => string.Concat(Directory.GetFiles(folder, "*.json").Select(RealV2Ray.Test));
}
