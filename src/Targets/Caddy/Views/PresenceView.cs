using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>The requests for which a value is not empty.</summary>
/// <param name="Name">A word for it, unique in the site.</param>
/// <param name="Expression">The condition, quoted.</param>
[TemplateView]
internal sealed partial record PresenceView(string Name, string Expression)
{
    /// <summary>The matcher in the site's block.</summary>
    public string Matcher => "@has-" + Name;
}
