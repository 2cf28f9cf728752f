using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// A request target that was read and not refused. All its texts have a character for each byte (Latin-1), as the proxy has them;
/// <see cref="FromText"/> makes such a text of what a person writes.
/// </summary>
public sealed record RawTarget
{
    private RawTarget(string? authority, string target, TargetInspection inspection)
    {
        Authority = authority;
        Target = target;
        Path = target[..inspection.PathLength];
        Query = inspection.PathLength < target.Length ? target[(inspection.PathLength + 1)..] : null;
        Normalized = inspection.IsNormal ? Path : NormalizedPath.Of(Path);
        HasOddBytes = TargetInspection.HasOddBytes(Path);
    }

    /// <summary>The host and port of the absolute form, which win over the Host header (RFC 9112, section 3.2.2); else null.</summary>
    public string? Authority { get; }

    /// <summary>The raw target in origin form: path and query.</summary>
    public string Target { get; }

    /// <summary>The raw path.</summary>
    public string Path { get; }

    /// <summary>The raw query without its question mark; null where there is none, empty where nothing follows it.</summary>
    public string? Query { get; }

    /// <summary>The path that routes are chosen by; see <see cref="NormalizedPath"/>.</summary>
    public string Normalized { get; }

    /// <summary>The same for people: its bytes as UTF-8.</summary>
    public string NormalizedText => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Normalized));

    /// <summary>Whether the raw path holds bytes that RFC 3986 doesn't allow; see <see cref="TargetInspection.HasOddBytes"/>.</summary>
    public bool HasOddBytes { get; }

    /// <summary>Reads a target, in origin or in absolute form.</summary>
    /// <param name="text">The target, a character for each byte.</param>
    /// <param name="value">The target.</param>
    /// <param name="refusal">Why it is refused.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RawTarget? value, out TargetRefusal refusal)
    {
        value = null;
        bool absolute = TryCutAuthority(text, out string? authority, out string target);
        if (absolute && authority is null)
        {
            refusal = TargetRefusal.NotAPath;
            return false;
        }

        var inspection = TargetInspection.Of(target);
        refusal = inspection.Refusal;
        if (refusal != TargetRefusal.None)
        {
            return false;
        }

        value = new RawTarget(authority, target, inspection);
        return true;
    }

    /// <summary>A target as a person writes it, with a character for each byte of its UTF-8.</summary>
    public static string FromText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The raw target.</summary>
    public override string ToString() => Target;

    // http://host:port/path?query; the authority is null where it is empty or has credentials.
    private static bool TryCutAuthority(string text, out string? authority, out string target)
    {
        int scheme =
            text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : 0;
        (authority, target) = (null, text);
        if (scheme == 0)
        {
            return false;
        }

        int end = text.AsSpan(scheme).IndexOfAny('/', '?');
        ReadOnlySpan<char> host = end < 0 ? text.AsSpan(scheme) : text.AsSpan(scheme, end);
        ReadOnlySpan<char> rest = end < 0 ? default : text.AsSpan(scheme + end);
        authority = host.IsEmpty || host.IndexOfAny('@', '#') >= 0 ? null : host.ToString();
        target = rest.StartsWith("/") ? rest.ToString() : string.Concat("/", rest);
        return true;
    }
}
