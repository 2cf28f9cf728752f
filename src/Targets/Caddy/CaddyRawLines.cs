using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Raw;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Caddy;

/// <summary>Whether the lines of each <c>raw</c> are whole directives: a brace too many would close the block that they stand in.</summary>
internal static class CaddyRawLines
{
    public static void Check(RenderContext context)
    {
        foreach (RawTexts raw in RawOutput.Texts(context))
        {
            // Global options stand in a block without a name.
            Check(context, raw.Of(context.TargetName), ReferenceEquals(raw, context.Spec.Raw) ? "" : ":80 ");
        }
    }

    private static void Check(RenderContext context, ValueList<RawLine> lines, string address)
    {
        if (RawOutput.TextOf(lines) is not { } text)
        {
            return;
        }

        var version = new CaddyVersion(context.Version.Minor, context.Version.Patch);
        CaddyDocument document = CaddyParser.Parse($"{address}{{\n{text}\n}}\n", version);
        List<CaddyNode> blocks = [.. document.Nodes.Where(static node => node.Kind != CaddyNodeKind.Comment)];
        if (document.Problem is { } problem)
        {
            RawOutput.Report(context, lines, problem.Line - 1, problem.Message);
        }
        else if (blocks.Count > 1)
        {
            RawOutput.Report(context, lines, blocks[1].Line - 1, "a brace above it closes the block that the lines stand in");
        }
    }
}
