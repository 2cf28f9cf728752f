using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Caddy;

/// <summary>The installed Caddy, asked by <c>caddy validate</c>.</summary>
internal sealed partial class CaddyProgram : IServingProgram
{
    /// <inheritdoc/>
    public string Target => "caddy";

    /// <inheritdoc/>
    public string Executable => "caddy";

    /// <inheritdoc/>
    public string? Reload => "systemctl reload caddy";

    /// <inheritdoc/>
    public ProgramCall SayVersion(string folder) => new(["version"]) { Variables = Homes(folder) };

    /// <inheritdoc/>
    public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout)
    {
        string? main =
            files.Any(f => f.Path == "Caddyfile") ? "Caddyfile"
            : files.Count == 1 ? files[0].Path
            : null;

        return main is null
            ? null
            : new ProgramCall(["validate", "--adapter", "caddyfile", "--config", $"{folder}/{main}"]) { Variables = Homes(folder) };
    }

    /// <inheritdoc/>
    public ProgramCall Serve(string folder, IReadOnlyList<RenderedFile> files)
    {
        // Its admin endpoint has one port on every machine, and may be another server's.
        string text = files[0].Text;
        string quiet = text.Contains("\n\tadmin ", StringComparison.Ordinal) ? text : WithoutAdmin(text);
        return new ProgramCall(["run", "--adapter", "caddyfile", "--config", $"{folder}/{files[0].Path}"])
        {
            Variables = Homes(folder),
            Files = [files[0] with { Text = quiet }],
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
            ?
            [
                new ProgramComplaint(
                    match.Groups["text"].Value,
                    IsError: true,
                    match.Groups["file"].Success ? match.Groups["file"].Value : null,
                    match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, null) : 0
                ),
            ]
            : [new ProgramComplaint(output.Trim().ReplaceLineEndings("; "), IsError: true)];
    }

    // The global options are a block of their own, or in a snippet.
    private static string WithoutAdmin(string text)
    {
        string result = OptionsSnippet().Replace(text, "$0\t\tadmin off\n");
        int block = ("\n" + text).IndexOf("\n{\n", StringComparison.Ordinal);
        return ImportedOptions().IsMatch(text) ? result
            : block >= 0 ? text.Insert(block + 2, "\tadmin off\n")
            : "{\n\tadmin off\n}\n" + text;
    }

    // Certificates that it makes stay in the folder.
    private static Dictionary<string, string> Homes(string folder) =>
        new(StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["XDG_DATA_HOME"] = folder,
            ["XDG_CONFIG_HOME"] = folder,
        };

    [GeneratedRegex(
        @"^\(https?_(?:options|server)\) \{\n(?:\t#.*\n)*\t\{\n",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OptionsSnippet();

    [GeneratedRegex(
        @"^import https?_(?:options|server)\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ImportedOptions();

    [GeneratedRegex(
        @"^Error: (?:adapting config using caddyfile: )?(?:(?<file>/[^:\n]+):(?<line>[0-9]+)(?:: | - ))?(?<text>[^\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Complaint();
}
