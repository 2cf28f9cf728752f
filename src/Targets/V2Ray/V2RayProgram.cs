using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.V2Ray;

/// <summary>The installed V2Ray, asked by <c>v2ray -test</c>; one call takes one side, so the public one is asked, or the only one.</summary>
internal sealed partial class V2RayProgram : ITargetProgram
{
    /// <inheritdoc/>
    public string Target => "v2ray";

    /// <inheritdoc/>
    public string Executable => "v2ray";

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout) =>
        files.Count == 0 ? null : new ProgramCall(["-test", .. files.Take(1).SelectMany(f => new[] { "-config", $"{folder}/{f.Path}" })]);

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

    [GeneratedRegex(@"^.* > (?:[\w./]+: )?(?<text>[^\n]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
