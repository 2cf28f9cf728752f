using System.Buffers;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Confgen.Compiler.Syntax;

internal sealed partial class YamlReader
{
    private static readonly SearchValues<char> _controls = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
        '\x7f',
    ]);

    // YAML 1.2, section 5.1. The parser takes a NUL for the end of the file, and would drop what follows without a word.
    private static (char Character, SourceSpan Span)? ControlCharacter(SourceText source)
    {
        int at = source.Text.AsSpan().IndexOfAny(_controls);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> before = source.Text.AsSpan(0, at);
        int line = before.Count('\n') + 1;
        int column = at - before.LastIndexOf('\n');
        return (source.Text[at], new SourceSpan(source.File, line, column, line, column + 1));
    }

    private void Bound(long size, SourceSpan span)
    {
        if (size > MaxSize)
        {
            throw Refuse(TooComplex, span, $"aliases bring in more than {MaxSize:N0} nodes");
        }
    }

    // A text that starts with '!' is meant far more often than a tag.
    private YamlRefusedException RefuseTag(ParsingEvent start, string tag)
    {
        SourceSpan span = Span(start);
        string line = _source.Line(span.Line);
        int end = line.IndexOf(" #", span.Column - 1, StringComparison.Ordinal) is > 0 and var comment ? comment : line.Length;
        string text = line[(span.Column - 1)..end].TrimEnd();
        bool isText =
            start is Scalar { Style: ScalarStyle.Plain }
            && text.AsSpan().IndexOfAny(_endsPlainText) < 0
            && !text.StartsWith("!!", StringComparison.Ordinal);
        SourceSpan at = span with { EndLine = span.Line, EndColumn = span.Column + text.Length };
        _diagnostics.Report(
            UnsupportedYaml,
            span,
            $"the tag '{tag}'",
            isText
                ? Advice.Replace(at, $"\"{text}\"", $"put a text in quotes: \"{text}\"")
                : new Advice("leave it out; quote a value that must be a text")
        );
        return new YamlRefusedException();
    }

    // A host as *.example.com is meant far more often than an alias.
    private YamlRefusedException RefuseAlias(AnchorAlias alias)
    {
        SourceSpan span = Span(alias);
        string written = _source.Slice(span);
        bool isMerge = _source.Line(span.Line)[..(span.Column - 1)].TrimEnd().EndsWith("<<:", StringComparison.Ordinal);
        _diagnostics.Report(
            BadYaml,
            span,
            $"'{written}' is an alias, and no anchor '&{alias.Value}' stands before it",
            isMerge
                ? new Advice($"define it above 'sites', as 'x-{alias.Value}: &{alias.Value} {{ ... }}'")
                : Advice.Replace(span, $"\"{written}\"", $"put a text in quotes: \"{written}\"")
        );
        return new YamlRefusedException();
    }

    private YamlRefusedException Refuse(Rule rule, SourceSpan span, string message, string? hint = null)
    {
        _diagnostics.Report(rule, span, message, hint);
        return new YamlRefusedException();
    }

    private SourceSpan Span(ParsingEvent? e) => e is null ? SourceSpan.None : SpanOf(_source, e.Start, e.End);

    // The scanner ends a block where the next one starts, behind comments and blank lines, and a flow before its bracket. A child that
    // is nothing is marked by the place behind the line.
    private SourceSpan Whole(ParsingEvent start, ParsingEvent end, SourceSpan? last)
    {
        SourceSpan whole = SpanOf(_source, start.Start, end.End);
        bool flow = start is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };
        bool bracket =
            flow && whole.EndColumn <= _source.Line(whole.EndLine).Length && _source.Line(whole.EndLine)[whole.EndColumn - 1] is ']' or '}';
        return bracket ? whole with { EndColumn = whole.EndColumn + 1 }
            : !flow && last is { } child && child.Line >= whole.Line
                ? whole with
                {
                    EndLine = child.EndLine,
                    EndColumn = Math.Min(child.EndColumn, _source.Line(child.EndLine).Length + 1),
                }
            : whole;
    }

    // At the end of a file the scanner may name a place behind it.
    private static SourceSpan SpanOf(SourceText source, Mark start, Mark end)
    {
        (int line, int column) = Within(source, start);
        (int endLine, int endColumn) = Within(source, end);
        return endLine < line || (endLine == line && endColumn <= column)
            ? new SourceSpan(source.File, line, column, line, column + 1)
            : new SourceSpan(source.File, line, column, endLine, endColumn);
    }

    private static (int Line, int Column) Within(SourceText source, Mark mark) =>
        mark.Line > source.LineCount ? (source.LineCount, source.Line(source.LineCount).Length + 1)
        : mark.Line < 1 ? (1, 1)
        : ((int)mark.Line, Math.Clamp((int)mark.Column, 1, source.Line((int)mark.Line).Length + 1));
}
