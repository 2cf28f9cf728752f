using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Makes the nodes of a spec, each with the place of what it stands for.</summary>
internal static class SpecNodes
{
    public static ScalarSyntax Text(string value, SourceSpan span) => new(value, isQuoted: true, span);

    /// <summary>A word or a number of the language.</summary>
    public static ScalarSyntax Word(string value, SourceSpan span) => new(value, isQuoted: false, span);

    public static ListSyntax List(IReadOnlyList<SyntaxNode> items, SourceSpan span) => new(items, span);

    /// <summary>A map of the fields that there are.</summary>
    public static MapSyntax Map(SourceSpan span, params ReadOnlySpan<(string Key, SyntaxNode? Value)> fields)
    {
        var entries = new List<EntrySyntax>(fields.Length);
        foreach ((string key, SyntaxNode? value) in fields)
        {
            if (value is not null)
            {
                entries.Add(new EntrySyntax(Word(key, value.Span), value));
            }
        }

        return new MapSyntax(entries, span);
    }
}
