using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Confgen.Cli.Formatting;

/// <summary>Cuts a YAML text into its pieces. What no spec has is refused by a <see cref="NotFormattableException"/>.</summary>
internal sealed class YamlPartReader
{
    private readonly string _text;
    private readonly Parser _parser;
    private readonly List<(int Start, int End)> _scalars = [];

    private YamlPartReader(string text)
    {
        _text = text;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>
    /// The root, or null where the document is empty; the scalars' places; and whether the document begins with <c>---</c>.
    /// </summary>
    public static (YamlPart? Root, IReadOnlyList<(int Start, int End)> Scalars, bool HasMarker) Read(string text)
    {
        var reader = new YamlPartReader(text);
        reader.Next<StreamStart>();
        if (reader._parser.Current is not DocumentStart)
        {
            return (null, [], false);
        }

        DocumentStart start = reader.Next<DocumentStart>();
        if (start.Version is not null || text.TrimStart().StartsWith('%'))
        {
            throw new NotFormattableException("a directive");
        }

        YamlPart root = reader.ReadPart(parentColumn: -1);
        reader.Next<DocumentEnd>();
        return reader._parser.Current is StreamEnd
            ? (root, reader._scalars, !start.IsImplicit)
            : throw new NotFormattableException("a second document");
    }

    private YamlPart ReadPart(int parentColumn) =>
        _parser.Current switch
        {
            Scalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } => ReadBlock(parentColumn),
            Scalar or AnchorAlias => ReadScalar(),
            MappingStart => ReadMap(),
            SequenceStart => ReadList(parentColumn),
            _ => throw new NotFormattableException("something that no spec has"),
        };

    private YamlPart.Scalar ReadScalar()
    {
        ParsingEvent current = Next<ParsingEvent>();
        (int start, int end) = (Index(current.Start), Index(current.End));
        int content = ContentOf(current, end);
        _scalars.Add((content, end));
        return new YamlPart.Scalar(start, end, Properties(start, content))
        {
            ContentStart = content,
            IsPlain = current is Scalar { Style: ScalarStyle.Plain },
        };
    }

    private YamlPart.Block ReadBlock(int parentColumn)
    {
        Scalar scalar = Next<Scalar>();
        int start = Index(scalar.Start);
        int content = ContentOf(scalar, _text.Length);
        int headerEnd = content;
        while (headerEnd < _text.Length && _text[headerEnd] is not (' ' or '\t' or '\n'))
        {
            headerEnd++;
        }

        string header = _text[content..headerEnd];
        int given = header.FirstOrDefault(char.IsAsciiDigit) is var digit and not '\0' ? digit - '0' : 0;
        int firstLine = _text.IndexOf('\n', headerEnd) + 1;
        (List<string> lines, int end) =
            firstLine == 0
                ? ([], headerEnd)
                : LinesOf(
                    firstLine,
                    given > 0 ? Math.Max(parentColumn, 0) + given : 0,
                    parentColumn,
                    keepsBlank: header.Contains('+', StringComparison.Ordinal)
                );
        _scalars.Add((content, headerEnd));
        if (firstLine > 0 && end > firstLine)
        {
            _scalars.Add((firstLine, end));
        }

        return new YamlPart.Block(start, Math.Max(end, headerEnd), Properties(start, content))
        {
            Header = header,
            HeaderEnd = headerEnd,
            Explicit = given,
            Lines = lines,
        };
    }

    // The lines of a block scalar: those that are blank, or indented as far as the first one that isn't.
    private (List<string> Lines, int End) LinesOf(int at, int indentation, int parentColumn, bool keepsBlank)
    {
        var lines = new List<string>();
        int end = at;
        int kept = 0;
        while (at < _text.Length)
        {
            int stop = _text.IndexOf('\n', at);
            string line = _text[at..(stop < 0 ? _text.Length : stop)];
            int spaces = line.Length - line.TrimStart(' ').Length;
            bool isBlank = spaces == line.Length;
            if (!isBlank && indentation == 0 && spaces > parentColumn)
            {
                indentation = spaces;
            }

            if (!isBlank && (indentation == 0 || spaces < indentation))
            {
                break;
            }

            lines.Add(line.Length > indentation ? line[indentation..] : "");
            if (!isBlank || line.Length > indentation || keepsBlank)
            {
                (kept, end) = (lines.Count, at + line.Length);
            }

            at = stop < 0 ? _text.Length : stop + 1;
        }

        lines.RemoveRange(kept, lines.Count - kept);
        return (lines, end);
    }

    // The scanner gives the end of a brace or bracket the place of its start.
    private YamlPart.Map ReadMap()
    {
        MappingStart begin = Next<MappingStart>();
        int start = Index(begin.Start);
        bool isFlow = begin.Style == MappingStyle.Flow;
        int content = ContentOf(begin, _text.Length);
        int open = isFlow && _text[content] == '{' ? content : -1;
        int column = -1;
        var entries = new List<(YamlPart.Scalar Key, YamlPart Value)>();
        while (_parser.Current is not MappingEnd)
        {
            if (
                _parser.Current is not (Scalar { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } or AnchorAlias)
                || ReadScalar() is not { } key
                || _text.AsSpan(key.Start, key.End - key.Start).Contains('\n')
            )
            {
                throw new NotFormattableException("a key that is not a text on one line");
            }

            column = column < 0 ? ColumnOf(key.Start) : column;
            entries.Add((key, ReadPart(column)));
        }

        MappingEnd close = Next<MappingEnd>();
        int end =
            open >= 0 ? Index(close.Start) + 1
            : entries is [.., var last] ? Math.Max(last.Value.End, last.Key.End)
            : content;
        return new YamlPart.Map(start, end, Properties(start, content))
        {
            IsFlow = isFlow,
            Column = column,
            Open = open,
            Entries = entries,
        };
    }

    private YamlPart.List ReadList(int parentColumn)
    {
        SequenceStart begin = Next<SequenceStart>();
        int start = Index(begin.Start);
        bool isFlow = begin.Style == SequenceStyle.Flow;
        int content = ContentOf(begin, _text.Length);
        int column = isFlow ? parentColumn : ColumnOf(content);
        var items = new List<YamlPart>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadPart(column));
        }

        SequenceEnd close = Next<SequenceEnd>();
        int end =
            isFlow ? Index(close.Start) + 1
            : items is [.., var last] ? last.End
            : content;
        return new YamlPart.List(start, end, Properties(start, content))
        {
            IsFlow = isFlow,
            Column = column,
            Open = isFlow ? content : -1,
            Items = items,
        };
    }

    // Behind the node's own anchor and tag, which may stand on a line of their own.
    private int ContentOf(ParsingEvent begin, int end)
    {
        int at = Index(begin.Start);
        int properties = begin is NodeEvent node ? (node.Anchor.IsEmpty ? 0 : 1) + (node.Tag.IsEmpty ? 0 : 1) : 0;
        for (int i = 0; i < properties && at < end && _text[at] is '&' or '!'; i++)
        {
            while (at < end && _text[at] is not (' ' or '\t' or '\n' or ',' or ']' or '}'))
            {
                at++;
            }

            while (at < end && _text[at] is ' ' or '\t' or '\n')
            {
                at++;
            }

            if (at < end && _text[at] == '#')
            {
                throw new NotFormattableException("a comment behind an anchor or a tag");
            }
        }

        return at;
    }

    private string Properties(int start, int content) =>
        string.Join(' ', _text[start..content].Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private int ColumnOf(int offset) => offset - (_text.LastIndexOf('\n', Math.Max(0, offset - 1)) + 1);

    private static int Index(Mark mark) => (int)mark.Index;

    private T Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        T current = _parser.Current as T ?? throw new NotFormattableException("something that no spec has");
        _parser.MoveNext();
        return current;
    }
}
