using Confgen.Model.Files;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a release.</summary>
internal static class ProgramBuilder
{
    private static readonly CaddyVersion _bracketsSince = new(7);
    private static readonly CaddyVersion _flushesToWhoLeftUntil = new(8);
    private static readonly CaddyVersion _viaSince = new(10);
    private static readonly CaddyVersion _newNamesSince = new(8);

    /// <summary>A release.</summary>
    /// <param name="version">The release.</param>
    /// <param name="imports">Whether constant text is imported.</param>
    public static ProgramView Of(CaddyVersion version, bool imports)
    {
        string[] args =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => version >= _bracketsSince ? "{args[" + (char)('0' + i) + "]}" : "{args." + (char)('0' + i) + "}"),
        ];
        var files = new FilesView
        {
            Root = args[0],
            Index = "index.html",
            Redirects = version < RouteBuilder.RedirectsFilesSince ? "{path}/index.html" : "",
            LooksFirst = version >= RouteBuilder.RedirectsFilesSince,
            SaysVary = version >= RouteBuilder.FilesVarySince,
        };
        return new ProgramView
        {
            Version = version.ToString(),
            Imports = imports,
            Args = args,
            Flush = version >= _flushesToWhoLeftUntil ? "-1" : "1ms",
            AddsVia = version >= _viaSince,
            Reexpands = version >= CaddyQuoter.ReexpandsSince,
            HasNewNames = version >= _newNamesSince,
            KnowsClients = version >= CaddyQuoter.StrictClientAddressSince,
            UsualFiles = files,
            UsualFilesOrPage = files with { Try = "{path} " + args[1] },
            UsualFilesFirst = FilesFirstBuilder.Usual(args[0], version),
            DefaultMediaType = MediaTypes.Default,
            MediaTypes =
            [
                .. MediaTypes.All.Select(static row => new MediaTypeView(
                    Text(CaddyQuoting.Regex("~(?i)^\\.(?:" + string.Join('|', row.Suffixes.Select(PathPattern.Escape)) + ")$")),
                    Text(CaddyTokenText.Of(row.Type))
                )),
            ],
        };
    }

    private static string Text(CaddyQuoted quoted) =>
        quoted.TryGet(out string? text, out string? refusal) ? text : throw new InvalidOperationException(refusal);
}
