namespace Confgen.Compiler.Rendering.Templating;

/// <summary>
/// Renders named templates. The one place that knows the template engine, so that it can be exchanged. The engine escapes nothing: a
/// view holds only text that its target has quoted.
/// </summary>
public interface ITemplates
{
    /// <summary>Renders a template with a view.</summary>
    /// <param name="name">The template's file name, as <c>pyserve/config.yaml.scriban</c>.</param>
    /// <param name="view">What the template sees.</param>
    /// <exception cref="TemplateException">The template is missing, does not parse, or uses a name that the view doesn't have.</exception>
    string Render(string name, ITemplateView view);
}
