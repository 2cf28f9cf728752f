using Confgen.Model.Sources;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>A fault of a template, at its place in the template.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="span">Where the fault is. The file is the template's name, as <c>nginx/location.scriban</c>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What the engine reported.</param>
    public TemplateException(SourceSpan span, string message, Exception? inner = null)
        : base(message, inner) => Span = span;

    /// <summary>Where the fault is.</summary>
    public SourceSpan Span { get; }
}
