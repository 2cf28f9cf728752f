using System.Text;

namespace Confgen.Cli.Formatting;

/// <summary>
/// Writes a YAML text anew from its pieces: indented by two columns, lists below their keys, one space where one belongs, at most one empty
/// line, and every scalar and comment as it was. Lines stay where somebody broke them.
/// </summary>
internal sealed partial class YamlPrinter(string source, IReadOnlyList<YamlComment> comments)
{
    private const int Step = 2;

    private readonly StringBuilder _out = new(source.Length + 64);

    // The comment that comes next, and the offset behind what was written last.
    private int _comment;
    private int _last;

    // Whether an empty line is unwanted here: at the beginning, and below a key.
    private bool _isOpening = true;

    public string Print(YamlPart? root, bool hasMarker)
    {
        if (hasMarker)
        {
            int marker = source.StartsWith("---", StringComparison.Ordinal) ? 0 : source.IndexOf("\n---", StringComparison.Ordinal) + 1;
            OwnLines(marker, 0);
            _out.Append("---");
            _last = marker + 3;
            Trailing();
            EndLine();
        }

        switch (root)
        {
            case null or YamlPart.Scalar { IsEmpty: true, Properties: "" }:
                break;
            case { Properties.Length: > 0 }:
                throw new NotFormattableException("an anchor or a tag of the whole document");
            case YamlPart.Map { IsFlow: false } map:
                PrintMap(map, 0, startsLine: true);
                break;
            case YamlPart.List { IsFlow: false } list:
                PrintList(list, 0, startsLine: true, isIndentless: false);
                break;
            default:
                OwnLines(root.Start, 0);
                BlankLine(root.Start);
                PrintInline(root, 0);
                Trailing();
                EndLine();
                break;
        }

        OwnLines(int.MaxValue, 0);
        return _out.ToString();
    }

    private void PrintMap(YamlPart.Map map, int indent, bool startsLine)
    {
        foreach ((YamlPart.Scalar key, YamlPart value) in map.Entries)
        {
            if (startsLine)
            {
                OwnLines(key.Start, indent);
                BlankLine(key.Start);
                Indent(indent);
            }

            startsLine = true;
            _isOpening = false;
            Append(key, indent);
            _out.Append(':');
            PrintValue(value, indent, map.Column);
        }

        Tail(map.Column, indent);
    }

    private void PrintList(YamlPart.List list, int indent, bool startsLine, bool isIndentless)
    {
        foreach (YamlPart item in list.Items)
        {
            int dash = DashBefore(item.Start);
            if (startsLine)
            {
                OwnLines(dash, indent);
                BlankLine(dash);
                Indent(indent);
            }

            startsLine = true;
            _isOpening = false;
            _out.Append('-');
            _last = dash + 1;
            bool isCompact = item.Properties.Length == 0 && !HasCommentBefore(item.Start);
            switch (item)
            {
                case YamlPart.Map { IsFlow: false } map when isCompact:
                    _out.Append(' ');
                    PrintMap(map, indent + Step, startsLine: false);
                    break;
                case YamlPart.List { IsFlow: false } inner when isCompact:
                    _out.Append(' ');
                    PrintList(inner, indent + Step, startsLine: false, isIndentless: false);
                    break;
                default:
                    PrintValue(item, indent, list.Column + 1);
                    break;
            }
        }

        // A comment in the column of dashes that stand below their key's first letter speaks of the next key.
        Tail(isIndentless ? list.Column + 1 : list.Column, indent);
    }

    // What follows `key:` or `-`, to the end of its last line. The column is that of the keys or, for items, one that no list has.
    private void PrintValue(YamlPart value, int indent, int column)
    {
        switch (value)
        {
            case YamlPart.Map { IsFlow: false } map:
                OpenBlock(map);
                PrintMap(map, indent + Step, startsLine: true);
                return;
            case YamlPart.List { IsFlow: false } list:
                OpenBlock(list);
                PrintList(list, indent + Step, startsLine: true, isIndentless: list.Column == column);
                return;
            case YamlPart.Scalar { IsEmpty: true, Properties: "" }:
                break;
            default:
                Lead(value, indent);
                PrintInline(value, indent);
                break;
        }

        Trailing();
        EndLine();
        if (value is YamlPart.Block block)
        {
            PrintLines(block, indent);
        }
    }

    private void OpenBlock(YamlPart block)
    {
        if (block.Properties.Length > 0)
        {
            _out.Append(' ').Append(block.Properties);
        }

        Trailing();
        EndLine();
        _isOpening = true;
    }

    // The space before a value, or the lines of comments that stand between it and its key.
    private void Lead(YamlPart value, int indent)
    {
        if (HasCommentBefore(value.Start))
        {
            Trailing();
            EndLine();
            OwnLines(value.Start, indent + Step);
            Indent(indent + Step);
        }
        else
        {
            _out.Append(' ');
        }
    }

    private void PrintInline(YamlPart value, int indent)
    {
        switch (value)
        {
            case YamlPart.Scalar scalar:
                Append(scalar, indent);
                break;
            case YamlPart.Block block:
                _out.Append(block.Properties).Append(block.Properties.Length > 0 ? " " : "").Append(block.Header);
                _last = block.HeaderEnd;
                break;
            case YamlPart.Map map:
                _out.Append(map.Properties).Append(map.Properties.Length > 0 ? " " : "");
                PrintFlow('{', '}', map.Open, map.End, [.. map.Entries.Select(e => new FlowItem(e.Key, e.Value))], indent);
                break;
            case YamlPart.List list:
                _out.Append(list.Properties).Append(list.Properties.Length > 0 ? " " : "");
                PrintFlow(
                    '[',
                    ']',
                    list.Open,
                    list.End,
                    [
                        .. list.Items.Select(i =>
                            i is YamlPart.Map { IsFlow: true, Open: < 0, Entries: [var pair] }
                                ? new FlowItem(pair.Key, pair.Value)
                                : new FlowItem(null, i)
                        ),
                    ],
                    indent
                );
                break;
            default:
                throw new NotFormattableException("a block inside of brackets");
        }
    }

    private void PrintFlow(char open, char close, int openAt, int end, FlowItem[] items, int indent)
    {
        _out.Append(open);
        _last = openAt + 1;
        int at = indent;
        bool closesOwnLine = items.Length > 0 && Breaks(items[^1].End, end - 1) > 0;
        for (int i = 0; i < items.Length; i++)
        {
            if (BreakLine(items[i].Start, indent + Step))
            {
                at = indent + Step;
                Indent(at);
            }
            else if (i > 0 || open == '{')
            {
                _out.Append(' ');
            }

            PrintFlowItem(items[i], at);
            _last = items[i].End;
            bool trails = i == items.Length - 1 && closesOwnLine && source.AsSpan(_last, end - 1 - _last).TrimStart().StartsWith(",");
            _out.Append(i < items.Length - 1 || trails ? "," : "");
        }

        if (BreakLine(end - 1, indent + Step))
        {
            Indent(indent);
        }
        else if (open == '{' && items.Length > 0)
        {
            _out.Append(' ');
        }

        _out.Append(close);
        _last = end;
    }

    private void PrintFlowItem(FlowItem item, int indent)
    {
        if (item.Key is { } key)
        {
            Append(key, indent);
            if (item.Value is YamlPart.Scalar { IsEmpty: true, Properties: "" })
            {
                return;
            }

            if (HasCommentBefore(item.Value.Start))
            {
                throw new NotFormattableException("a comment between a key and its value in braces");
            }

            _out.Append(": ");
        }

        PrintInline(item.Value, indent);
    }

    // Ends the line inside of brackets where the source does, with the comments that stand there.
    private bool BreakLine(int next, int indent)
    {
        if (Breaks(_last, next) == 0)
        {
            return false;
        }

        Trailing();
        EndLine();
        OwnLines(next, indent, keepsBlank: false);
        return true;
    }

    private void PrintLines(YamlPart.Block block, int indent)
    {
        int inner = block.Explicit > 0 ? indent + block.Explicit : indent + Step;
        foreach (string line in block.Lines)
        {
            if (line.Length > 0)
            {
                Indent(inner);
                _out.Append(line);
            }

            EndLine();
        }

        _last = block.End;
    }

    // A scalar over several lines is folded by its reader, so that the indentation of the later ones is free.
    private void Append(YamlPart.Scalar scalar, int indent)
    {
        _out.Append(scalar.Properties).Append(scalar.Properties.Length > 0 && !scalar.IsEmpty ? " " : "");
        string[] lines = source[scalar.ContentStart..scalar.End].Split('\n');
        _out.Append(lines.Length > 1 && scalar.IsPlain ? lines[0].TrimEnd() : lines[0]);
        foreach (string line in lines.Skip(1))
        {
            EndLine();
            string text = line.TrimStart(' ', '\t');
            if (text.Length > 0)
            {
                Indent(indent + Step);
                _out.Append(scalar.IsPlain ? text.TrimEnd() : text);
            }
        }

        _last = scalar.End;
    }

    private int Breaks(int from, int to) => to <= from ? 0 : source.AsSpan(from, Math.Min(to, source.Length) - from).Count('\n');

    private void Indent(int columns) => _out.Append(' ', Math.Max(0, columns));

    private void EndLine() => _out.Append('\n');

    private readonly record struct FlowItem(YamlPart.Scalar? Key, YamlPart Value)
    {
        public int Start => Key?.Start ?? Value.Start;

        public int End => Math.Max(Key?.End ?? 0, Value.End);
    }
}
