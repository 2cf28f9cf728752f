using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.V2Ray;

/// <summary>The installed V2Ray, asked by <c>v2ray -test</c> for one side after the other.</summary>
internal sealed partial class V2RayProgram : ITargetProgram
{
    /// <inheritdoc/>
    public string Target => "v2ray";

    /// <inheritdoc/>
    public string Executable => "v2ray";

    // It reads its files at the start alone.
    /// <inheritdoc/>
    public string? Reload => "systemctl restart v2ray";

    /// <inheritdoc/>
    public ProgramCall SayVersion(string folder) => new(["-version"]);

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout) =>
        files
            .Reverse()
            .Aggregate((ProgramCall?)null, (next, file) => new ProgramCall(["-test", "-config", $"{folder}/{file.Path}"]) { Next = next });

    /// <inheritdoc/>
    public IReadOnlyList<ProgramComplaint> Read(string output, bool failed)
    {
        if (!failed)
        {
            return [];
        }

        // As `v2ray.com/core/infra/conf/serial: failed to ... > v2ray.com/core/infra/conf: the reason`: the last part is the reason.
        Match match = Reason().Match(output);
        return [new ProgramComplaint(match.Success ? match.Groups["text"].Value : output.Trim().ReplaceLineEndings("; "), IsError: true)];
    }

    [GeneratedRegex(
        @"^.* > (?:[\w./]+: )?(?<text>[^\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reason();
}
