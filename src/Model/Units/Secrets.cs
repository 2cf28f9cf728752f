namespace Confgen.Model.Units;

/// <summary>Tells secrets from other text, by a header's name or by the form that tokens have.</summary>
public static class Secrets
{
    // Below it, values as "max-age=31536000" are words.
    private const int ShortestKey = 20;

    private static readonly HashSet<string> _headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Api-Key", "ApiKey", "X-Auth-Token", "X-Access-Token", "X-Auth-Key", "X-Secret", "X-Token",
        "Private-Token", "X-Vault-Token", "X-Amz-Security-Token", "X-Goog-Api-Key", "Ocp-Apim-Subscription-Key", "X-Shared-Secret",
    };

    // A regex is made when a token's beginning shows up: making it takes longer than checking a small spec.
    private static readonly string[] _tokens = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk_live_", "sk-", "AKIA", "AIza", "eyJ"];

    /// <summary>Whether a request header of that name carries a secret.</summary>
    public static bool IsSecretHeader(string name) => _headers.Contains(name);

    /// <summary>Whether a name says that its value is a secret, as <c>access_token</c>.</summary>
    public static bool IsSecretName(string name) => IsSecretHeader(name) || SecretPatterns.Word.IsMatch(name);

    /// <summary>Whether a text holds a token of a known kind.</summary>
    public static bool HasToken(string text) =>
        _tokens.Any(t => text.Contains(t, StringComparison.Ordinal)) && SecretPatterns.Token.IsMatch(text);

    /// <summary>Whether a text holds what is more likely a key than a word: long, letters and digits mixed.</summary>
    public static bool LooksLikeKey(string text) => HasToken(text)
        || text.Split([' ', '\t', ',']).Any(w => w.Length >= ShortestKey && w.Any(char.IsAsciiDigit) && w.Any(char.IsAsciiLetter));

    /// <summary>The text with values of query parameters that are secret by their name, and tokens, replaced by <c>***</c>.</summary>
    public static string Hide(string text) => SecretPatterns.Token.Replace(SecretPatterns.Parameter.Replace(text, "${name}***"), "***");
}
