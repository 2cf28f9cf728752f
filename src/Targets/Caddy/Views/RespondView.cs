using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A fixed response.</summary>
/// <param name="Body">The body; null for none.</param>
/// <param name="Line">The body without the line break that it ends with, where it has no other; or null.</param>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The Content-Type; null without a body.</param>
/// <param name="IsPlainText">Whether this is plain text in UTF-8.</param>
[TemplateView]
internal sealed partial record RespondView(string? Body, string? Line, int Status, string? ContentType, bool IsPlainText)
{
    /// <summary>Whether the body may be the argument of an import: before 2.7 none with a line break may.</summary>
    public bool IsOneLine => Body?.Contains('\n', StringComparison.Ordinal) == false;
}
