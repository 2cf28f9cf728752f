using System.Diagnostics.CodeAnalysis;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>Lets templates read a view's members, and nothing else.</summary>
internal sealed class ViewAccessor : IObjectAccessor
{
    public static readonly ViewAccessor Instance = new();

    public bool HasIndexer => false;

    public Type? IndexType => null;

    public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => ((ITemplateView)target).Names.Count;

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => ((ITemplateView)target).Names;

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) =>
        ((ITemplateView)target).Names.Contains(member, StringComparer.Ordinal);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        var view = (ITemplateView)target;
        return view.TryGet(member, out value) ? true : throw new ScriptRuntimeException(span, ViewContext.Unknown(member, view.Names));
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, [MaybeNullWhen(false)] out object value)
    {
        value = null;
        return false;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}
