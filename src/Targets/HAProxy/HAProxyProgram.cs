using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.HAProxy;

/// <summary>The installed HAProxy, asked by <c>haproxy -c</c>.</summary>
internal sealed partial class HAProxyProgram : IServingProgram
{
    /// <inheritdoc/>
    public string Target => "haproxy";

    /// <inheritdoc/>
    public string Executable => "haproxy";

    /// <inheritdoc/>
    public string? Reload => "systemctl reload haproxy";

    /// <inheritdoc/>
    public ProgramCall SayVersion(string folder) => new(["-v"]);

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout) =>
        files.Any(static file => file.Path == HAProxyTarget.File) ? new ProgramCall(["-c", "-f", $"{folder}/{HAProxyTarget.File}"]) : null;

    /// <inheritdoc/>
    public ProgramCall Serve(string folder, IReadOnlyList<RenderedFile> files) => new(["-db", "-f", $"{folder}/{HAProxyTarget.File}"]);

    /// <inheritdoc/>
    public IReadOnlyList<ProgramComplaint> Read(string output, bool failed)
    {
        ProgramComplaint[] complaints =
        [
            .. Complaint()
                .Matches(output)
                .Select(match => new ProgramComplaint(
                    match.Groups["text"].Value,
                    failed && match.Groups["level"].Value == "ALERT",
                    match.Groups["file"].Success ? match.Groups["file"].Value : null,
                    match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, null) : 0
                )),
        ];
        return failed && !complaints.Any(static complaint => complaint.IsError)
            ? [.. complaints, new ProgramComplaint(output.Trim().ReplaceLineEndings("; "), IsError: true)]
            : complaints;
    }

    // As `[ALERT]    (16361) : config : parsing [/x/haproxy.cfg:25]: unknown keyword 'x'`; what sums up has no place.
    [GeneratedRegex(
        @"^\[(?<level>ALERT|WARNING)\] +\([0-9]+\) : config : (?!(?:Error|Fatal errors|[0-9]+ )[^:\n]*(?:found|detected)).*?(?:parsing )?"
            + @"(?:\[(?<file>/[^\]\n]*):(?<line>[0-9]+)\] ?:? ?)(?<text>[^\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Complaint();
}
