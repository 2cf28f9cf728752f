using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>What was probably meant by a value that can't be read; each suggestion can be read, or null is given.</summary>
internal static partial class ValueSuggestions
{
    private static readonly (string Word, string Unit)[] _times =
    [
        ("milliseconds", "ms"),
        ("msec", "ms"),
        ("seconds", "s"),
        ("second", "s"),
        ("secs", "s"),
        ("sec", "s"),
        ("minutes", "m"),
        ("minute", "m"),
        ("mins", "m"),
        ("min", "m"),
        ("hours", "h"),
        ("hour", "h"),
        ("hrs", "h"),
        ("hr", "h"),
        ("days", "d"),
        ("day", "d"),
        ("w", "w"),
        ("weeks", "w"),
        ("week", "w"),
        ("years", "y"),
        ("year", "y"),
        ("", "s"),
    ];

    /// <summary>A duration for <c>60</c>, <c>5min</c>, <c>30 s</c>.</summary>
    public static string? Duration(string text)
    {
        string compact = text.TrimEnd(';').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (Durations.TryParse(compact, out _, out _))
        {
            return compact;
        }

        if (Number().Match(compact) is not { Success: true } match)
        {
            return null;
        }

        (string? word, string? unit) = _times.FirstOrDefault(t => t.Word == match.Groups["unit"].Value);
        string number = match.Groups["number"].Value;
        string? meant =
            word is null ? null
            : unit == "w"
                ? (
                    int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int weeks) && weeks < 5000
                        ? string.Create(CultureInfo.InvariantCulture, $"{weeks * 7}d")
                        : null
                )
            : number + unit;
        return meant is not null && Durations.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>A size for <c>50m</c>, <c>1 Gb</c>: the letters alone are powers of 1024, as in nginx; <c>unlimited</c> is 0.</summary>
    public static string? Size(string text)
    {
        if (text.ToLowerInvariant() is "unlimited" or "off" or "none" or "-1")
        {
            return "0";
        }

        if (Number().Match(text.TrimEnd(';').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()) is not { Success: true } match)
        {
            return null;
        }

        string? unit = match.Groups["unit"].Value switch
        {
            "" => "",
            "k" or "kib" => "KiB",
            "kb" => "kB",
            "m" or "mib" => "MiB",
            "mb" => "MB",
            "g" or "gib" => "GiB",
            "gb" => "GB",
            "b" or "bytes" => "B",
            _ => null,
        };
        string meant = match.Groups["number"].Value + unit;
        return unit is not null && meant != text && Sizes.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>A block for <c>192.168.*</c>, <c>10.0.0.5/8</c>, <c>10.0.0.0/255.0.0.0</c>.</summary>
    public static string? Cidr(string text)
    {
        string? meant = text.TrimEnd(';').Trim();
        if (meant.ToLowerInvariant() is "localhost")
        {
            meant = "127.0.0.0/8";
        }
        else if (meant.Contains('*', StringComparison.Ordinal))
        {
            string[] fixedParts = [.. meant.Split('.').TakeWhile(p => p != "*")];
            meant =
                fixedParts.Length is 0 or > 3 || meant.Split('.').Skip(fixedParts.Length).Any(p => p != "*")
                    ? null
                    : string.Join('.', fixedParts.Concat(Enumerable.Repeat("0", 4 - fixedParts.Length))) + $"/{8 * fixedParts.Length}";
        }
        else if (meant.Split('/') is [var address, var length])
        {
            int bits =
                IPAddress.TryParse(length, out IPAddress? mask) && length.Contains('.', StringComparison.Ordinal) ? LengthOf(mask)
                : int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int written) ? written
                : -1;
            meant =
                bits is >= 0 and <= 128 && IPAddress.TryParse(address, out IPAddress? ip) && bits <= ip.GetAddressBytes().Length * 8
                    ? string.Create(CultureInfo.InvariantCulture, $"{Masked(ip, bits)}/{bits}")
                    : null;
        }

        // An address with bits behind the prefix may mean the block or the one address: that is the author's to say.
        bool isAmbiguous = text.Contains('/', StringComparison.Ordinal) && !text.Contains("/255.", StringComparison.Ordinal);
        return meant is not null && meant != text && !isAmbiguous && Model.Units.Cidr.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>
    /// A server's URL for <c>127.0.0.1:3000</c>, <c>:3000</c>, <c>http://app:3000/</c>, <c>http://unix:/run/a.sock:</c>, <c>ws://app</c>.
    /// </summary>
    public static string? Url(string text)
    {
        string meant = text.TrimEnd(';').Trim();
        meant =
            Renamed(meant, "ws://", "http://")
            ?? Renamed(meant, "wss://", "https://")
            ?? Renamed(meant, "grpc://", "h2c://")
            ?? Renamed(meant, "tcp://", "http://")
            ?? Renamed(meant, "http://unix:", "unix:")
            ?? Renamed(meant, "unix//", "unix:/")
            ?? Renamed(meant, "unix:///", "unix:/")
            ?? Renamed(meant, "h2://", "https://")
            ?? meant;
        if (meant.StartsWith("unix:", StringComparison.Ordinal))
        {
            meant = meant.TrimEnd(':', '/');
        }
        else if (meant.Length is > 0 and <= 5 && meant.All(char.IsAsciiDigit))
        {
            meant = "http://127.0.0.1:" + meant;
        }
        else if (meant.StartsWith(':'))
        {
            meant = "http://127.0.0.1" + meant;
        }
        else if (!meant.Contains("://", StringComparison.Ordinal))
        {
            meant = (meant.EndsWith(":443", StringComparison.Ordinal) ? "https://" : "http://") + meant;
        }

        // nginx's `proxy_pass http://app/;` cuts the location's prefix: only a slash alone can be left out without a change.
        meant = meant.EndsWith('/') && meant.Count(ch => ch == '/') == 3 ? meant[..^1] : meant;
        return meant != text && ServerAddress.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>A host for <c>https://a.example.com/</c>, <c>.example.com</c>, <c>*</c>.</summary>
    public static string? Host(string text)
    {
        string meant = text.TrimEnd(';').Trim().TrimEnd('.');
        meant = meant.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? meant[(scheme + 3)..] : meant;
        meant =
            meant.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && meant[(slash + 1)..].Trim('/').Length == 0
                ? meant[..slash]
                : meant;
        meant =
            meant is "*" or "default_server" or "default" or "any" or "all" ? "_"
            : meant.StartsWith('.') ? "*" + meant
            : meant;
        return meant != text && HostPattern.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>A listener for <c>443 ssl http2</c>, <c>*:80</c>, <c>:8080</c>, <c>https</c>, <c>localhost:8080</c>.</summary>
    public static string? Listen(string text)
    {
        string meant = text.TrimEnd(';').Trim().Split(' ')[0];
        meant = meant.EndsWith("/tcp", StringComparison.Ordinal) ? meant[..^4] : meant;
        meant = meant switch
        {
            "http" or "http://" => "80",
            "https" or "https://" => "443",
            _ => meant,
        };
        meant = Renamed(meant, "*:", "") ?? Renamed(meant, "_:", "") ?? meant;
        meant = meant.StartsWith(':') && !meant.StartsWith("::", StringComparison.Ordinal) ? meant[1..] : meant;
        meant = Renamed(meant, "localhost:", "127.0.0.1:") ?? meant;
        if (meant.Split(':') is [var outer, var inner] && outer.All(char.IsAsciiDigit) && inner.All(char.IsAsciiDigit) && outer.Length > 0)
        {
            meant = outer;
        }

        bool isPort =
            int.TryParse(meant[(meant.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= 65535;
        bool isAddress = meant.LastIndexOf(':') is var at && (at < 0 || IPAddress.TryParse(meant[..at], out _));
        return meant != text && isPort && isAddress ? meant : null;
    }

    /// <summary>A rate for <c>10r/s</c>, <c>10 rps</c>, <c>100/min</c>, <c>10</c>.</summary>
    public static string? Rate(string text)
    {
        Match match = RateText().Match(text.ToLowerInvariant());
        string? unit = match.Groups["unit"].Value switch
        {
            "" or "s" or "sec" or "second" or "rps" or "ps" => "s",
            "m" or "min" or "minute" or "rpm" => "m",
            "h" or "hour" or "rph" => "h",
            _ => null,
        };
        string meant = match.Groups["number"].Value + "/" + unit;
        return match.Success && unit is not null && meant != text && RequestRate.TryParse(meant, out _, out _) ? meant : null;
    }

    /// <summary>The variable of the environment for <c>$DOMAIN</c>, as in a shell, and <c>{$DOMAIN}</c>, as in a Caddyfile.</summary>
    public static string? Variable(string text) =>
        VariableText().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>A boolean for <c>True</c>, <c>1</c>, <c>enabled</c>.</summary>
    public static string? Boolean(string text) =>
        text.TrimEnd(';').ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" or "enabled" or "enable" or "y" => "true",
            "false" or "no" or "off" or "0" or "disabled" or "disable" or "n" => "false",
            _ => null,
        };

    private static string? Renamed(string text, string from, string to) =>
        text.StartsWith(from, StringComparison.OrdinalIgnoreCase) ? to + text[from.Length..] : null;

    private static int LengthOf(IPAddress mask)
    {
        uint bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(mask.GetAddressBytes());
        int ones = System.Numerics.BitOperations.LeadingZeroCount(~bits);
        return ones == 32 || bits << ones == 0 ? ones : -1;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(length - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    [GeneratedRegex(
        "^(\\$(?<name>[A-Za-z_][A-Za-z0-9_]*)|\\{\\$(?<name>[A-Za-z_][A-Za-z0-9_]*)\\})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex VariableText();

    [GeneratedRegex(
        "^(?<number>[0-9]+(\\.[0-9]+)?)(?<unit>[a-z]*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Number();

    [GeneratedRegex(
        "^(?<number>[0-9]+) *(r|req|requests)? *(/| per )? *(?<unit>[a-z]*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex RateText();
}
