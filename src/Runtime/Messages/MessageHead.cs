using System.Buffers;

namespace Confgen.Runtime.Messages;

/// <summary>
/// Reads the head of a request or a response, or trailers, from bytes that come in any pieces, as strictly as RFC 9112 lets a recipient be:
/// lines end in CR LF and nothing else (section 2.2), a name is a token right before its colon (section 5.1), no line is folded (section
/// 5.2), and no value holds a control character but the tab (RFC 9110, section 5.5).
/// </summary>
internal sealed class MessageHead
{
    /// <summary>
    /// Most fields of a head. Kestrel's limit is 100; real requests have some 40. It bounds what a head can cost beyond its bytes.
    /// </summary>
    public const int MostFields = 256;

    /// <summary>What a field's line has beside name and value: a colon, a blank and the line's end.</summary>
    public const int LineOverhead = 4;

    // 0x80 to 0xFF are obsolete in values, but do occur.
    private static readonly SearchValues<byte> _notInValue = SearchValues.Create([
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
        24,
        25,
        26,
        27,
        28,
        29,
        30,
        31,
        127,
    ]);

    private static readonly SearchValues<byte> _token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private readonly bool _hasFirstLine;
    private int _lineStart;
    private int _read;
    private bool _inFields;

    /// <summary>A reader of heads, or of trailers, which have no first line.</summary>
    public MessageHead(bool hasFirstLine) => (_hasFirstLine, _inFields) = (hasFirstLine, !hasFirstLine);

    /// <summary>Most bytes of a head, the first line and every line end included.</summary>
    public int Limit { get; set; } = 32 * 1024;

    /// <summary>Whether one empty line may come before the first (RFC 9112, section 2.2).</summary>
    public bool SkipsEmptyLine { get; init; }

    /// <summary>Whether a line may end in LF alone, as those of CGI programs do.</summary>
    public bool TakesBareLineFeeds { get; init; }

    /// <summary>The fields read.</summary>
    public FieldList Fields { get; } = new();

    /// <summary>Whether any byte of a head was read.</summary>
    public bool HasStarted => _read > 0;

    /// <summary>The length of the first line, without its end.</summary>
    public int FirstLineLength { get; private set; }

    /// <summary>The first line without its end.</summary>
    public ReadOnlySpan<byte> FirstLine => Fields.Bytes[..FirstLineLength];

    /// <summary>The bytes read so far.</summary>
    public int Length => _read;

    /// <summary>Whether a text is a token (RFC 9110, section 5.6.2).</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(_token) < 0;

    /// <summary>Whether a text may be a field's value.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text) => text.IndexOfAny(_notInValue) < 0;

    /// <summary>Makes ready for the next head.</summary>
    public void Reset()
    {
        Fields.Clear();
        (_lineStart, _read, FirstLineLength, _inFields) = (0, 0, 0, !_hasFirstLine);
    }

    /// <summary>Reads what comes next.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="consumed">How many of them belong to the head.</param>
    public HeadResult Feed(ReadOnlySpan<byte> data, out int consumed)
    {
        consumed = 0;
        while (consumed < data.Length)
        {
            ReadOnlySpan<byte> rest = data[consumed..];
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? rest : rest[..(end + 1)];
            if (_read + piece.Length > Limit)
            {
                return _inFields ? HeadResult.TooLarge : HeadResult.LineTooLong;
            }

            Fields.Append(piece);
            consumed += piece.Length;
            _read += piece.Length;
            if (end < 0)
            {
                return HeadResult.Partial;
            }

            ReadOnlySpan<byte> line = Fields.Bytes[_lineStart..];
            int lineEnd = line.Length >= 2 && line[^2] == '\r' ? 2 : 1;
            if (lineEnd == 1 && !TakesBareLineFeeds)
            {
                return HeadResult.Malformed;
            }

            line = line[..^lineEnd];
            if (!_inFields)
            {
                if (line.IsEmpty)
                {
                    if (!SkipsEmptyLine || _read > 2)
                    {
                        return HeadResult.Malformed;
                    }

                    Fields.Clear();
                    continue;
                }

                FirstLineLength = line.Length;
                _inFields = true;
            }
            else if (line.IsEmpty)
            {
                return HeadResult.Complete;
            }
            else if (Fields.Count == MostFields)
            {
                return HeadResult.TooLarge;
            }
            else if (!TryAddField(line))
            {
                return HeadResult.Malformed;
            }

            _lineStart = Fields.Bytes.Length;
        }

        return HeadResult.Partial;
    }

    private bool TryAddField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !IsToken(line[..colon]))
        {
            return false;
        }

        (int start, int end) = (colon + 1, line.Length);
        while (start < end && line[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && line[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        if (!IsValue(line[start..end]))
        {
            return false;
        }

        Fields.Mark(_lineStart, colon, _lineStart + start, end - start);
        return true;
    }
}
