using System.Collections.Concurrent;
using Confgen.Model.Sources;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>Templates in Handlebars, compiled once each.</summary>
internal sealed class HandlebarsTemplates : ITemplates
{
    private readonly IHandlebars _engine;
    private readonly Func<string, string?> _source;
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> _compiled = new(StringComparer.Ordinal);

    /// <summary>Makes an engine over a source of templates.</summary>
    /// <param name="source">Gives a template's text by its name, or null. <c>{{> nginx/location}}</c> asks for <c>nginx/location.hbs</c>.</param>
    public HandlebarsTemplates(Func<string, string?> source)
    {
        _source = source;
        _engine = Handlebars.Create(new HandlebarsConfiguration
        {
            NoEscape = true,
            ThrowOnUnresolvedBindingExpression = true,
            PartialTemplateResolver = new PartialsByName(source),
            AliasProviders = { new SnakeCaseMembers() },
        });
    }

    /// <inheritdoc/>
    public string Render(string name, object view)
    {
        try
        {
            using var text = new StringWriter();
            _compiled.GetOrAdd(name, Compile)(text, view);
            return text.ToString();
        }
        catch (Exception e) when (e is HandlebarsException or HandlebarsUndefinedBindingException)
        {
            throw new TemplateException(new SourceSpan(name, 0, 0, 0, 0), e.Message, e);
        }
    }

    private HandlebarsTemplate<TextWriter, object, object> Compile(string name)
    {
        string text = _source(name) ?? throw new TemplateException(SourceSpan.None, $"there is no template '{name}'");
        using var reader = new StringReader(text);
        return _engine.Compile(reader);
    }
}
