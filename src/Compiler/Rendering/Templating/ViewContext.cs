using Confgen.Model.Diagnostics;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>One rendering: the view in scope, and the templates that are being rendered within each other.</summary>
internal sealed class ViewContext : TemplateContext
{
    private const int MostNested = 50;

    private readonly Func<string, Template?> _templates;
    private ITemplateView? _view;
    private int _nested;

    public ViewContext(Func<string, Template?> templates)
    {
        _templates = templates;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedFunctionAccess = false;

        // A value may hold line breaks between quotes: indenting them would change it. And an output is as long as its spec.
        AutoIndent = false;
        LoopLimit = 0;
        LimitToString = 0;
        BuiltinObject.SetValue("include", new IncludeFunction(), readOnly: true);
        TryGetVariable = (TemplateContext _, SourceSpan span, ScriptVariable variable, out object? value) =>
            throw new ScriptRuntimeException(span, Unknown(variable.Name, _view?.Names ?? []));
    }

    /// <summary>Renders a template with a view.</summary>
    public string Render(string name, ITemplateView view)
    {
        BuiltinObject.SetValue("root", view, readOnly: true);
        return Render(name, view, default);
    }

    /// <summary>Renders a template within another one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="view">What it sees instead of the present view; null for the same.</param>
    /// <param name="span">Where the other one asks for it.</param>
    public string Render(string name, ITemplateView? view, SourceSpan span)
    {
        Template template = _templates(name) ?? throw new ScriptRuntimeException(span, $"there is no template '{name}'");
        if (_nested == MostNested)
        {
            throw new ScriptRuntimeException(span, $"'{name}' is included within itself");
        }

        ITemplateView? outer = _view;
        IScriptObject? hidden = view is not null && outer is not null ? PopGlobal() : null;
        if (view is not null)
        {
            _view = view;
            PushGlobal(Scope(view));
        }

        _nested++;
        PushOutput();
        try
        {
            return template.Render(this);
        }
        finally
        {
            PopOutput();
            _nested--;
            if (view is not null)
            {
                PopGlobal();
                _view = outer;
            }

            if (hidden is not null)
            {
                PushGlobal(hidden);
            }
        }
    }

    /// <summary>An empty text and an empty list are false as well, since that is what a template asks about a view's members.</summary>
    public override bool ToBool(SourceSpan span, object? value) =>
        value switch
        {
            string text => text.Length > 0,
            System.Collections.ICollection list => list.Count > 0,
            _ => base.ToBool(span, value),
        };

    /// <summary>Says that a name is unknown, and which ones there are.</summary>
    public static string Unknown(string name, IReadOnlyList<string> names) =>
        $"unknown name '{name}': "
        + (Spelling.DidYouMean(name, names) ?? "expected one of " + string.Join(", ", names.Order(StringComparer.Ordinal)));

    /// <inheritdoc/>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is ITemplateView ? ViewAccessor.Instance : base.GetMemberAccessorImpl(target);

    private static ScriptObject Scope(ITemplateView view)
    {
        var scope = new ScriptObject();
        foreach (string name in view.Names)
        {
            view.TryGet(name, out object? value);
            scope.SetValue(name, value, readOnly: true);
        }

        return scope;
    }
}
