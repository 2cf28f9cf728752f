using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Apache;

/// <summary>The installed Apache httpd, as Debian calls it, asked by <c>apache2 -t</c>.</summary>
internal sealed partial class ApacheProgram : IServingProgram
{
    /// <inheritdoc/>
    public string Target => "apache";

    /// <inheritdoc/>
    public string Executable => "apache2";

    /// <inheritdoc/>
    public string? Reload => "systemctl reload apache2";

    /// <inheritdoc/>
    public ProgramCall SayVersion(string folder) => new(["-v"]);

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout) =>
        files.Any(static file => file.Path == ApacheTarget.File) ? new ProgramCall(["-t", .. Private(folder)]) : null;

    /// <inheritdoc/>
    public ProgramCall Serve(string folder, IReadOnlyList<RenderedFile> files) => new(["-DFOREGROUND", .. Private(folder)]);

    /// <summary>What keeps everything that httpd writes in a folder.</summary>
    public static IEnumerable<string> Private(string folder) =>
        [
            "-d",
            folder,
            "-f",
            $"{folder}/{ApacheTarget.File}",
            "-C",
            $"DefaultRuntimeDir \"{folder}\"",
            "-c",
            $"PidFile \"{folder}/httpd.pid\"",
            "-c",
            "ErrorLog /dev/stderr",
        ];

    /// <inheritdoc/>
    public IReadOnlyList<ProgramComplaint> Read(string output, bool failed)
    {
        List<ProgramComplaint> complaints = [];
        foreach (Match match in Place().Matches(output))
        {
            complaints.Add(
                new ProgramComplaint(
                    match.Groups["text"].Value,
                    failed,
                    match.Groups["file"].Value,
                    int.Parse(match.Groups["line"].ValueSpan, null)
                )
            );
        }

        complaints.AddRange(
            Warning().Matches(output).Select(static match => new ProgramComplaint(match.Groups["text"].Value, IsError: false))
        );
        if (failed && !complaints.Exists(static complaint => complaint.IsError))
        {
            complaints.Add(new ProgramComplaint(output.Trim().ReplaceLineEndings("; "), IsError: true));
        }

        return complaints;
    }

    // As `AH00526: Syntax error on line 3 of /x/apache2.conf:`, with what is wrong in the next line, or behind the colon.
    [GeneratedRegex(
        @"^(?:.*AH[0-9]+: )?.*?[Ss]yntax error on line (?<line>[0-9]+) of (?<file>/[^\n]*?):\s+(?<text>[^\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Place();

    // As `[date] [core:warn] [pid 1:tid 1] AH00111: Config variable ${x} is not defined`.
    [GeneratedRegex(
        @"^\[[^\]\n]*\] \[[a-z0-9_]+:(?:warn|error)\] (?:\[[^\]\n]*\] )*(?<text>[^\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Warning();
}
