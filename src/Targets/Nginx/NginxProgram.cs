using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx;

/// <summary>The installed nginx, asked by <c>nginx -t</c>.</summary>
internal sealed partial class NginxProgram : IServingProgram
{
    private const string Main = "nginx.conf";
    private const string Frame = "confgen-frame.conf";

    /// <inheritdoc/>
    public string Target => "nginx";

    /// <inheritdoc/>
    public string Executable => "nginx";

    // nginx.org's unit sends a signal alone, and the running server says nothing of a file that it refuses.
    /// <inheritdoc/>
    public string? Reload => "nginx -t -q && systemctl reload nginx";

    /// <inheritdoc/>
    public ProgramCall SayVersion(string folder) => new(["-v"]);

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout)
    {
        if (layout == Layout.Complete)
        {
            return files.Any(f => f.Path == Main) ? Call(folder, Main, SetsPid(files)) with { Files = WithoutDefaultLog(files) } : null;
        }

        // Files to include are tried in the least frame that takes them.
        string includes = string.Concat(
            files
                .Where(f => f.Path.StartsWith("conf.d/", StringComparison.Ordinal) && f.Path.EndsWith(".conf", StringComparison.Ordinal))
                .Select(f => $"  include \"{folder}/{f.Path}\";\n")
        );
        return Call(folder, Frame, setsPid: false) with
        {
            Files = [new RenderedFile(Frame, $"events {{}}\nhttp {{\n  access_log off;\n{includes}}}\n")],
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramComplaint> Read(string output, bool failed)
    {
        var complaints = new List<ProgramComplaint>();
        foreach (Match match in Complaint().Matches(output))
        {
            int line = match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, null) : 0;
            complaints.Add(
                new ProgramComplaint(
                    match.Groups["text"].Value,
                    failed && match.Groups["level"].Value != "warn",
                    match.Groups["file"].Success ? match.Groups["file"].Value : null,
                    line
                )
            );
        }

        return failed && !complaints.Exists(c => c.IsError)
            ? [.. complaints, new ProgramComplaint(output.Trim().ReplaceLineEndings("; "), IsError: true)]
            : complaints;
    }

    /// <inheritdoc/>
    public ProgramCall Serve(string folder, IReadOnlyList<RenderedFile> files)
    {
        // What the configuration says itself can't be said again. One process: its workers would run as another user, who can't enter the
        // folder.
        string pid = SetsPid(files) ? "" : $" pid {folder}/nginx.pid;";
        return new ProgramCall(["-e", "stderr", "-p", folder, "-c", $"{folder}/{Main}", "-g", "daemon off; master_process off;" + pid])
        {
            Files = WithoutDefaultLog(files),
        };
    }

    // What sets no log gets the one of the build, as /var/log/nginx/access.log, which is opened even for a check. It is set off on the same
    // line: numbers of lines stay what they are.
    private static IReadOnlyList<RenderedFile> WithoutDefaultLog(IReadOnlyList<RenderedFile> files) =>
        [.. files.Where(f => f.Path == Main).Select(f => f with { Text = HttpBlock().Replace(f.Text, "$0 access_log off;", 1) })];

    // Its own pid file, so that a running server's isn't touched; a second `pid` would be refused as a duplicate.
    private static ProgramCall Call(string folder, string file, bool setsPid) =>
        new([
            "-t",
            "-q",
            "-e",
            "stderr",
            "-p",
            folder,
            "-c",
            $"{folder}/{file}",
            .. setsPid ? Array.Empty<string>() : ["-g", $"pid {folder}/nginx.pid;"],
        ]);

    private static bool SetsPid(IEnumerable<RenderedFile> files) => files.Any(f => f.Path == Main && Pid().IsMatch(f.Text));

    [GeneratedRegex(@"^http\s*\{", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HttpBlock();

    [GeneratedRegex(@"^\s*pid\s", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pid();

    // As `nginx: [emerg] unknown directive "x" in /etc/nginx/nginx.conf:3`; with a date and process numbers where it logs to stderr.
    [GeneratedRegex(
        @"^(?:nginx:|[0-9/]+ [0-9:]+) \[(?<level>emerg|alert|crit|error|warn)\] (?:[0-9]+#[0-9]+: )?(?<text>.*?)(?: in (?<file>/[^\n]*?):(?<line>[0-9]+))?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Complaint();
}
