using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Raw;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Nginx;

/// <summary>Whether the lines of each <c>raw</c> are whole directives: a brace too many would close the block that they stand in.</summary>
internal static class NginxRawLines
{
    public static void Check(RenderContext context)
    {
        foreach (ValueList<RawLine> lines in RawOutput.Texts(context).Select(raw => raw.Of(context.TargetName)))
        {
            if (RawOutput.TextOf(lines) is { } text && NginxParser.Parse(text + "\n").Error is { } error)
            {
                RawOutput.Report(context, lines, error.Line, error.Message);
            }
        }
    }
}
