namespace Confgen.Compiler.Rendering.Templating;

/// <summary>What a template sees. Generated for each partial class or record with <see cref="TemplateViewAttribute"/>.</summary>
public interface ITemplateView
{
    /// <summary>The members' names, in snake_case.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Reads a member.</summary>
    /// <param name="name">Its name in snake_case.</param>
    /// <param name="value">Its value: text, a number, a boolean, another view, a list of these, or null.</param>
    /// <returns>Whether there is such a member.</returns>
    bool TryGet(string name, out object? value);
}
