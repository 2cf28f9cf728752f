using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Turns the text of one file into nodes with positions. It reads the scanner's events itself, so that it can stop at the first sign of
/// a document made to exhaust the reader: depth and the number of nodes that aliases bring in are bounded.
/// </summary>
internal sealed partial class YamlReader
{
    private static readonly System.Buffers.SearchValues<char> _endsPlainText = System.Buffers.SearchValues.Create("\"{}[],");

    /// <summary>The most levels of maps and lists, and of fragments that use others.</summary>
    public const int MaxDepth = 64;

    /// <summary>A spec that shares one block among 50,000 sites stays below it; a "billion laughs" document does not.</summary>
    public const long MaxSize = 5_000_000;

    private readonly SourceText _source;
    private readonly EnvironmentVariables? _variables;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<AnchorName, SyntaxNode> _anchors = [];
    private readonly Parser _parser;

    private YamlReader(SourceText source, EnvironmentVariables? variables, DiagnosticBag diagnostics)
    {
        _source = source;
        _variables = variables;
        _diagnostics = diagnostics;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>
    /// The document's root, or null where there is none; then the reason is reported. Without variables a text stays as it is.
    /// </summary>
    public static SyntaxNode? Read(SourceText source, EnvironmentVariables? variables, DiagnosticBag diagnostics)
    {
        if (ControlCharacter(source) is { } control)
        {
            diagnostics.Report(
                BadYaml,
                control.Span,
                $"the control character U+{(int)control.Character:X4}: YAML allows none but tabs and line ends",
                $"write it in a double-quoted text as \"\\x{(int)control.Character:x2}\""
            );
            return null;
        }

        try
        {
            return new YamlReader(source, variables, diagnostics).ReadDocument();
        }
        catch (YamlException e)
        {
            (SourceSpan span, string message, Advice? advice) = YamlErrors.Explain(source, SpanOf(source, e.Start, e.End), e);
            diagnostics.Report(BadYaml, span, message, advice);
            return null;
        }
        catch (YamlRefusedException)
        {
            return null;
        }
    }

    private SyntaxNode? ReadDocument()
    {
        Advance();
        Advance();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Advance();
        SyntaxNode root = ReadNode(depth: 0);
        Advance();
        if (_parser.Current is DocumentStart second)
        {
            throw Refuse(UnsupportedYaml, Span(second), "a second document", "put each spec in a file of its own, and use 'include'");
        }

        return root;
    }

    // On entry the current event starts the node; on exit it is the one after the node.
    private SyntaxNode ReadNode(int depth)
    {
        ParsingEvent start = _parser.Current ?? throw new YamlException("unexpected end");
        if (depth > MaxDepth)
        {
            throw Refuse(TooComplex, Span(start), $"nested more than {MaxDepth} levels deep");
        }

        if (start is AnchorAlias alias)
        {
            Advance();
            return _anchors.TryGetValue(alias.Value, out SyntaxNode? target) ? target : throw RefuseAlias(alias);
        }

        if (
            start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag }
            && !tag.Value.StartsWith("tag:yaml.org,2002:str", StringComparison.Ordinal)
        )
        {
            throw RefuseTag(start, tag.Value);
        }

        SyntaxNode node = start switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            _ => throw Refuse(UnsupportedYaml, Span(start), "this is not part of a spec"),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            if (node is ScalarSyntax { IsNull: true } && _source.Slice(Span(start)) is ['&', ..] rest)
            {
                // What follows, over several lines maybe, are comments.
                string written = rest.Split((char[]?)null, 2)[0];
                SourceSpan at = Span(start) with { EndLine = Span(start).Line, EndColumn = Span(start).Column + written.Length };
                _diagnostics.Report(
                    BadYaml,
                    at,
                    $"'{written}' is an anchor without a value",
                    Advice.Replace(at, $"\"{written}\"", $"put a text in quotes: \"{written}\"")
                );
            }

            _anchors[anchored.Anchor] = node;
        }

        return node;
    }

    private ScalarSyntax ReadScalar(Scalar scalar, bool expand = true)
    {
        Advance();
        SourceSpan span = Span(scalar);
        bool quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any);
        if (!quoted && TypographicSigns.Find(scalar.Value, span) is var (message, advice))
        {
            _diagnostics.Report(BadYaml, span, message, advice);
            return new ScalarSyntax(scalar.Value, quoted, span) { IsUnresolved = true };
        }

        if (!expand || _variables is null)
        {
            return new ScalarSyntax(scalar.Value, quoted, span);
        }

        ExpandedText expanded = _variables.Expand(scalar.Value);
        switch (expanded.Fault)
        {
            case ExpansionFault.Unset:
                _diagnostics.Report(
                    UndefinedVariable,
                    span,
                    $"the environment variable '{expanded.Variable}' is not set",
                    $"set it, or give a default: ${{{expanded.Variable}:-value}}"
                );
                break;
            case ExpansionFault.Malformed:
                _diagnostics.Report(
                    UndefinedVariable,
                    span,
                    "'${' starts a variable's name, and none follows",
                    "write '$${' for a literal '${'"
                );
                break;
            case ExpansionFault.Fenced:
                _diagnostics.Report(
                    Fence.Outside,
                    span,
                    $"the environment variable '{expanded.Variable}' in a fenced file",
                    "write the value; a literal '${' is '$${'"
                );
                break;
            case ExpansionFault.TooLong:
                _diagnostics.Report(
                    TooComplex,
                    span,
                    $"with the value of '{expanded.Variable}' this is too long",
                    $"a value has at most {EnvironmentVariables.LongestValue / 1024} KiB, and all variables of a spec at most "
                        + $"{EnvironmentVariables.LongestTotal / 1024 / 1024} MiB"
                );
                break;
        }

        return new ScalarSyntax(expanded.Text, quoted, span) { IsUnresolved = expanded.Fault != ExpansionFault.None };
    }

    private ListSyntax ReadList(int depth)
    {
        ParsingEvent start = Next();
        var items = new List<SyntaxNode>();
        long size = 0;
        while (_parser.Current is not SequenceEnd)
        {
            SyntaxNode item = ReadNode(depth + 1);
            items.Add(item);
            Bound(size += item.Size, item.Span);
        }

        return new ListSyntax(items, Whole(start, Next(), items.Count == 0 ? null : items[^1].Span));
    }

    private MapSyntax ReadMap(int depth)
    {
        ParsingEvent start = Next();
        var entries = new List<EntrySyntax>();
        var keys = new Dictionary<string, ScalarSyntax>(StringComparer.Ordinal);
        var repeated = new List<EntrySyntax>();
        var merges = new List<SyntaxNode>();
        long size = 0;
        SourceSpan? last = null;
        while (_parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar keyEvent)
            {
                throw Refuse(UnsupportedYaml, Span(_parser.Current), "a key that is not a text", "write an entry for each of the keys");
            }

            ScalarSyntax key = ReadScalar(keyEvent, expand: false);
            SyntaxNode value = ReadNode(depth + 1);
            last = value.Span.Line < key.Span.Line ? key.Span : value.Span;
            Bound(size += value.Size + 1, value.Span);
            if (key is { Value: "<<", IsQuoted: false })
            {
                merges.Add(value);
            }
            else if (keys.TryAdd(key.Value, key))
            {
                entries.Add(new EntrySyntax(key, value));
            }
            else if (_diagnostics.IsFull)
            {
                throw new YamlRefusedException();
            }
            else
            {
                repeated.Add(new EntrySyntax(key, value));
                _diagnostics.Report(
                    DuplicateKey,
                    key.Span,
                    $"'{key.Value}' is already in this map",
                    "keep one of them",
                    new RelatedSpan(keys[key.Value].Span, "the first one")
                );
            }
        }

        ParsingEvent end = Next();
        foreach (SyntaxNode merged in merges.SelectMany(m => m is ListSyntax list ? list.Items : [m]))
        {
            if (merged is not MapSyntax map)
            {
                throw Refuse(UnsupportedYaml, merged.Span, "'<<' merges maps only");
            }

            foreach (EntrySyntax entry in map.Entries)
            {
                (keys.TryAdd(entry.Key.Value, entry.Key) ? entries : repeated).Add(entry);
            }
        }

        return new MapSyntax(entries, Whole(start, end, last)) { Repeated = repeated };
    }

    // The scanner's own slips are faults of the text it was given: `...` twice makes it throw what no caller expects.
    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or OverflowException
            )
        {
            throw new YamlException(_parser.Current?.Start ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty, "this can't be read", e);
        }
    }

    private ParsingEvent Next()
    {
        ParsingEvent current = _parser.Current ?? throw new YamlException("unexpected end");
        Advance();
        return current;
    }
}
