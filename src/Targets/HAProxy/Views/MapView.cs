using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A file in which HAProxy looks something up.</summary>
/// <param name="About">What it holds, for people.</param>
/// <param name="File">The file's name.</param>
/// <param name="Lines">A key and what is found for it each.</param>
[TemplateView]
internal sealed partial record MapView(string About, string File, IReadOnlyList<string> Lines)
{
    /// <summary>The name of a file of a listener.</summary>
    public static string FileOf(string listener, string kind) => $"{listener.Replace(':', '-')}-{kind}.map";
}
