using System.Globalization;
using System.Text;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Files;

/// <summary>A file's validators, and what a conditional request or one for a range gets of it (RFC 9110, sections 13 and 14).</summary>
internal sealed class Validators
{
    private readonly long _size;
    private readonly DateTime _modified;

    public Validators(long size, DateTime modifiedUtc)
    {
        _size = size;
        _modified = new DateTime(modifiedUtc.Ticks - (modifiedUtc.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        LastModified = _modified.ToString("r", CultureInfo.InvariantCulture);
        ETag = string.Create(CultureInfo.InvariantCulture, $"\"{modifiedUtc.Ticks:x}-{size:x}\"");
    }

    /// <summary>The Last-Modified field.</summary>
    public string LastModified { get; }

    /// <summary>The ETag field, strong: a file of that time and size has these bytes.</summary>
    public string ETag { get; }

    /// <summary>The status, and the part of the file that is sent.</summary>
    public (int Status, long From, long Length) Select(FieldList fields)
    {
        // The order of RFC 9110, section 13.2.2.
        if (
            Find(fields, "If-Match"u8) is { } match
                ? !Lists(match, weakly: false)
                : Date(fields, "If-Unmodified-Since"u8) is { } unmodified && _modified > unmodified
        )
        {
            return (412, 0, 0);
        }

        if (
            Find(fields, "If-None-Match"u8) is { } none
                ? Lists(none, weakly: true)
                : Date(fields, "If-Modified-Since"u8) is { } since && _modified <= since
        )
        {
            return (304, 0, 0);
        }

        if (
            Find(fields, "Range"u8) is { } range
            && (Find(fields, "If-Range"u8) is not { } condition || condition == ETag || condition == LastModified)
        )
        {
            return SelectRange(range);
        }

        return (200, 0, _size);
    }

    // One range; a list of them, which is rare and costly, gets the whole file, as RFC 9110 allows.
    private (int Status, long From, long Length) SelectRange(string range)
    {
        if (!range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || range.Contains(',', StringComparison.Ordinal))
        {
            return (200, 0, _size);
        }

        string[] ends = range["bytes=".Length..].Trim().Split('-');
        (long first, long last) = (0, _size - 1);
        bool hasFirst = ends.Length == 2 && TryNumber(ends[0], out first);
        bool hasLast = ends.Length == 2 && TryNumber(ends[1], out last);
        if (
            ends.Length != 2
            || (!hasFirst && ends[0].Length > 0)
            || (!hasLast && ends[1].Length > 0)
            || (!hasFirst && !hasLast)
            || (hasFirst && hasLast && last < first)
        )
        {
            return (200, 0, _size);
        }

        (long from, long to) = !hasFirst
            ? (Math.Max(0, _size - last), _size - 1)
            : (first, hasLast ? Math.Min(last, _size - 1) : _size - 1);
        return from >= _size || (!hasFirst && last == 0) ? (416, 0, 0) : (206, from, to - from + 1);
    }

    private bool Lists(string list, bool weakly) =>
        list.Trim() == "*" || list.Split(',').Any(t => t.Trim() is var tag && (tag == ETag || (weakly && tag == "W/" + ETag)));

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string? Find(FieldList fields, ReadOnlySpan<byte> name) =>
        fields.IndexOf(name) is >= 0 and var at ? Encoding.Latin1.GetString(fields.Value(at)) : null;

    private static DateTime? Date(FieldList fields, ReadOnlySpan<byte> name) =>
        Find(fields, name) is { } text
        && DateTime.TryParseExact(
            text,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out DateTime date
        )
            ? date
            : null;
}
