using Scriban.Runtime;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>What a template sees that is included with a list: the list as <c>args</c>.</summary>
internal sealed class ArgumentsView(ScriptArray values) : ITemplateView
{
    private static readonly string[] _names = ["args"];

    public IReadOnlyList<string> Names => _names;

    public bool TryGet(string name, out object? value)
    {
        value = values;
        return name == _names[0];
    }
}
