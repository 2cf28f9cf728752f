using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The snippets of <c>confgen.caddy</c>, whose text is the same for every spec of a version.</summary>
internal static partial class ConstantSnippets
{
    /// <summary>The file that holds them.</summary>
    public const string File = "confgen.caddy";

    /// <summary>The file's text, before it is formatted.</summary>
    public static string Draft(ITemplates templates, CaddyVersion version) =>
        templates.Render("caddy/confgen.caddy.scriban", new ConstantsView { Program = ProgramBuilder.Of(version, imports: true) });

    /// <summary>Each snippet by its name. Arguments are spelled as before 2.7, so that versions can be compared.</summary>
    public static IReadOnlyList<ConstantPart> All(ITemplates templates, TargetVersion target)
    {
        var version = new CaddyVersion(target.Minor, target.Patch);
        string text = CaddyFormatter.Format(CaddyParser.Parse(Draft(templates, version), version, File));
        return
        [
            .. Snippet()
                .Matches(text)
                .Select(static match => new ConstantPart(
                    match.Groups["name"].Value,
                    NewArgument().Replace(match.Value, "{args.${number}}")
                )),
        ];
    }

    [GeneratedRegex(
        @"^(?:#.*\n)*\((?<name>\w+)\) \{\n(?s:.*?)^\}\n",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Snippet();

    [GeneratedRegex(
        @"\{args\[(?<number>[0-9])\]\}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NewArgument();
}
