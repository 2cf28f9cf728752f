using System.Collections.Concurrent;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;
using SourceSpan = Confgen.Model.Sources.SourceSpan;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>Templates in Scriban, each parsed once.</summary>
public sealed class ScribanTemplates : ITemplates
{
    /// <summary>How a template's name ends.</summary>
    public const string Extension = ".scriban";

    private readonly Func<string, string?> _source;
    private readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);

    /// <summary>Makes an engine over a source of templates.</summary>
    /// <param name="source">Gives a template's text by its name, or null. <c>include 'nginx/location'</c> asks for
    /// <c>nginx/location.scriban</c>.</param>
    public ScribanTemplates(Func<string, string?> source) => _source = source;

    /// <inheritdoc/>
    public string Render(string name, ITemplateView view)
    {
        try
        {
            return new ViewContext(Parsed).Render(name, view);
        }
        catch (ScriptRuntimeException e)
        {
            // A fault in an included template comes with the places of those that include it.
            throw e.GetBaseException() as TemplateException ?? new TemplateException(Place(e.Span), e.OriginalMessage, e);
        }
    }

    private Template? Parsed(string name) =>
        _source(name) is not { } text ? null : _parsed.GetOrAdd(name, static (key, source) => Parse(key, source), text);

    private static Template Parse(string name, string text)
    {
        Template template = Template.Parse(text, name);
        if (template.Messages.FirstOrDefault(m => m.Type == ParserMessageType.Error) is { } fault)
        {
            throw new TemplateException(Place(fault.Span), fault.Message);
        }

        return template;
    }

    // Scriban counts lines and columns from 0.
    private static SourceSpan Place(Scriban.Parsing.SourceSpan span) =>
        new(span.FileName ?? "", span.Start.Line + 1, span.Start.Column + 1, span.End.Line + 1, span.End.Column + 2);
}
