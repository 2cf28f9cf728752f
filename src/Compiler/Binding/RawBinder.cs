using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Raw;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding;

/// <summary>Binds <c>raw</c>, each line with its place.</summary>
internal static class RawBinder
{
    public static RawTexts Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return new RawTexts();
        }

        ObjectReader o = ObjectReader.Open(c, node, RawFields.Schema);
        return c.Written(
            new RawTexts
            {
                At = o.Source,
                Texts = RawFields.Schema.Fields.Select(field => Text(c, o, field)).OfType<RawText>().ToValueList(),
            }
        );
    }

    private static RawText? Text(BindingContext c, ObjectReader o, Field field)
    {
        if (o.Text(field) is not { } text || o.Get(field) is not { } value)
        {
            return null;
        }

        string[] lines = text.TrimEnd('\n').Split('\n');
        return new RawText(field.Name, lines.Select((line, at) => Line(c, value.Span, line, at)).ToValueList());
    }

    /// <summary>
    /// The lines of a literal block stand each in a line of the file, below its <c>|</c>; those of another scalar are looked for nowhere.
    /// </summary>
    private static RawLine Line(BindingContext c, SourceSpan span, string text, int at)
    {
        SourceSpan place = span;
        if (
            c.Sources.TryGetValue(span.File, out SourceText? source)
            && source.Line(span.Line).AsSpan(Math.Min(span.Column - 1, source.Line(span.Line).Length)) is ['|', ..]
            && span.Line + 1 + at <= span.EndLine
        )
        {
            int line = span.Line + 1 + at;
            string written = source.Line(line);
            int indent = written.Length - written.TrimStart().Length;
            place = new SourceSpan(span.File, line, indent + 1, line, written.TrimEnd().Length + 1);
        }

        return new RawLine(text) { At = new Source(place, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "") };
    }
}
