using System.Text.RegularExpressions;

namespace Confgen.Model.Units;

/// <summary>The forms of secrets; apart from <see cref="Secrets"/>, so that none is made before it is needed.</summary>
internal static partial class SecretPatterns
{
    // What tokens of GitHub, GitLab, Slack, Stripe, OpenAI, AWS and Google look like, and a JSON web token.
    [GeneratedRegex(
        @"\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{35}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.)",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Token { get; }

    // Of bcrypt, htpasswd's MD5, crypt's SHA-256 and SHA-512, yescrypt, Argon2, and LDAP's SHA.
    [GeneratedRegex(
        @"(\$(2[abxy]|apr1|5|6|y|argon2(id|i|d))\$[./A-Za-z0-9$=,+-]{8,}|\{S?SHA[0-9]{0,3}\}[A-Za-z0-9+/=]{8,})",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Hash { get; }

    [GeneratedRegex(
        @"(?<name>\b(Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Credentials { get; }

    [GeneratedRegex(
        @"(?<name>://[^/\s:@'""]*:)[^/\s@'""]+(?=@)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    public static partial Regex UserInfo { get; }

    [GeneratedRegex(
        @"(?<name>[A-Za-z0-9_-]*(token|secret|passw|api[-_]?key|credential|authorization|cookie)[A-Za-z0-9_-]*[""']?([ \t]*[:=][ \t]*|[ \t]+))[^\s:=].*",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Field { get; }

    // Fields of the language that hold secrets and whose names don't say so.
    [GeneratedRegex(
        @"(?<name>(^|[\s{,""'-])(users?|basic_auth|id)[""']?([ \t]*[:=][ \t]*|[ \t]+))[^\s:=].*",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    public static partial Regex SpecField { get; }

    [GeneratedRegex(
        @"^[""'\s]*(?<name>[A-Za-z0-9_-]+)[""']?([ \t]*(?<sign>[:=])[ \t]*|[ \t]+)(?<value>[^\s:=].*)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Entry { get; }

    [GeneratedRegex(
        "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Uuid { get; }

    [GeneratedRegex(
        "token|secret|passw|apikey|api[-_]key|(^|[-_])auth|credential|signature|session",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Word { get; }

    [GeneratedRegex(
        @"(?<name>[?&][^=&#\s]*(?:token|secret|passw|key|credential|signature|session)[^=&#\s]*=)[^&#\s'"";]+",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Parameter { get; }
}
