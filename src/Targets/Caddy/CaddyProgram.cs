using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Caddy;

/// <summary>The installed Caddy, asked by <c>caddy validate</c>.</summary>
internal sealed partial class CaddyProgram : ITargetProgram
{
    /// <inheritdoc/>
    public string Target => "caddy";

    /// <inheritdoc/>
    public string Executable => "caddy";

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout)
    {
        string? main = files.Any(f => f.Path == "Caddyfile") ? "Caddyfile" : files.Count == 1 ? files[0].Path : null;

        // Certificates that it makes while it checks stay in the folder.
        return main is null ? null : new ProgramCall(["validate", "--adapter", "caddyfile", "--config", $"{folder}/{main}"])
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder },
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramComplaint> Read(string output, bool failed)
    {
        if (!failed)
        {
            return [];
        }

        // As `Error: adapting config using caddyfile: /x/Caddyfile:3: unrecognized directive: foo`, or `Error: loading ...` without a line.
        Match match = Complaint().Match(output);
        return match.Success
            ? [new ProgramComplaint(match.Groups["text"].Value, IsError: true, match.Groups["file"].Success ? match.Groups["file"].Value : null, match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, null) : 0)]
            : [new ProgramComplaint(output.Trim().ReplaceLineEndings("; "), IsError: true)];
    }

    [GeneratedRegex(@"^Error: (?:adapting config using caddyfile: )?(?:(?<file>/[^:\n]+):(?<line>[0-9]+)(?:: | - ))?(?<text>[^\n]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Complaint();
}
