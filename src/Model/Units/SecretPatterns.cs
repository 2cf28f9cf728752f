using System.Text.RegularExpressions;

namespace Confgen.Model.Units;

/// <summary>The forms of secrets; apart from <see cref="Secrets"/>, so that none is made before it is needed.</summary>
internal static partial class SecretPatterns
{
    // What tokens of GitHub, GitLab, Slack, Stripe, OpenAI, AWS and Google look like, and a JSON web token.
    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{35}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    public static partial Regex Token { get; }

    [GeneratedRegex("token|secret|passw|apikey|api[-_]key|(^|[-_])auth|credential|signature|session", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex Word { get; }

    [GeneratedRegex(@"(?<name>[?&][^=&#\s]*(?:token|secret|passw|key|credential|signature|session)[^=&#\s]*=)[^&#\s]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    public static partial Regex Parameter { get; }
}
