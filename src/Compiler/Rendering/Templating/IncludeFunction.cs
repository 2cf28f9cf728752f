using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>
/// <c>include 'nginx/location'</c> renders another template in its place, and <c>include 'nginx/location' x</c> renders it with the view
/// <c>x</c> instead of the present one. <c>include 'caddy/proxy' [x, y]</c> renders it with these as <c>args</c> and nothing else: a part
/// that stands once with placeholders and elsewhere with values.
/// </summary>
internal sealed class IncludeFunction : IScriptCustomFunction
{
    // A view that is null is a fault, and no view at all is not.
    private static readonly object _same = new();

    public int RequiredParameterCount => 1;

    public int ParameterCount => 2;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(string);

    public ScriptParameterInfo GetParameterInfo(int index) =>
        index == 0 ? new ScriptParameterInfo(typeof(string), "name") : new ScriptParameterInfo(typeof(object), "view", _same);

    public object Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        Scriban.Parsing.SourceSpan span = callerContext?.Span ?? default;
        if (arguments.Count > 1 && arguments[1] is System.Collections.IEnumerable list and not string and not ITemplateView)
        {
            return ((ViewContext)context).Render(arguments[0] + ScribanTemplates.Extension, new ArgumentsView(new ScriptArray(list)), span);
        }

        ITemplateView? view = null;
        if (arguments.Count > 1 && arguments[1] != _same && (view = arguments[1] as ITemplateView) is null)
        {
            throw new ScriptRuntimeException(
                span,
                "'include' expects a template's name and, after it, a view or a list of arguments; this is "
                    + (arguments[1] is null ? "null" : "none")
            );
        }

        return ((ViewContext)context).Render(arguments[0] + ScribanTemplates.Extension, view, span);
    }

    public ValueTask<object?> InvokeAsync(
        TemplateContext context,
        ScriptNode? callerContext,
        ScriptArray arguments,
        ScriptBlockStatement? blockStatement
    ) => new(Invoke(context, callerContext, arguments, blockStatement));
}
