namespace Confgen.Model.Units;

/// <summary>Tells secrets from other text, by a header's name or by the form that tokens have.</summary>
public static class Secrets
{
    // Below it, values as "max-age=31536000" are words.
    private const int ShortestKey = 20;

    // Of words that follow a name without a sign between.
    private const int ShortestPassword = 8;

    private static readonly HashSet<string> _headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "X-Api-Key",
        "Api-Key",
        "ApiKey",
        "X-Auth-Token",
        "X-Access-Token",
        "X-Auth-Key",
        "X-Secret",
        "X-Token",
        "Private-Token",
        "X-Vault-Token",
        "X-Amz-Security-Token",
        "X-Goog-Api-Key",
        "Ocp-Apim-Subscription-Key",
        "X-Shared-Secret",
    };

    // A regex is made when a token's beginning shows up: making it takes longer than checking a small spec.
    private static readonly string[] _tokens =
    [
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xox",
        "sk_live_",
        "sk-",
        "AKIA",
        "AIza",
        "eyJ",
    ];

    private static readonly string[] _hashes = ["$2", "$apr1$", "$5$", "$6$", "$y$", "$argon2", "{SHA", "{SSHA"];

    /// <summary>Whether a request header of that name carries a secret.</summary>
    public static bool IsSecretHeader(string name) => _headers.Contains(name);

    /// <summary>Whether a name says that its value is a secret, as <c>access_token</c>.</summary>
    public static bool IsSecretName(string name) => IsSecretHeader(name) || SecretPatterns.Word.IsMatch(name);

    /// <summary>Whether a text holds a token of a known kind.</summary>
    public static bool HasToken(string text) =>
        _tokens.Any(t => text.Contains(t, StringComparison.Ordinal)) && SecretPatterns.Token.IsMatch(text);

    /// <summary>Whether a text holds what is more likely a key than a word: long, letters and digits mixed.</summary>
    public static bool LooksLikeKey(string text) =>
        HasToken(text)
        || text.Split([' ', '\t', ',']).Any(w => w.Length >= ShortestKey && w.Any(char.IsAsciiDigit) && w.Any(char.IsAsciiLetter));

    /// <summary>Whether a text holds the hash of a password, in a form that <c>htpasswd</c> or crypt(3) make.</summary>
    public static bool HasHash(string text) =>
        _hashes.Any(h => text.Contains(h, StringComparison.Ordinal)) && SecretPatterns.Hash.IsMatch(text);

    /// <summary>
    /// The text with secrets that can be told by their form replaced by <c>***</c>: tokens, hashes of passwords, credentials behind
    /// <c>Bearer</c> or <c>Basic</c>, passwords of URLs, and values of query parameters that are secret by their name.
    /// </summary>
    public static string Hide(string text) => Replace(text, _ => "***");

    /// <summary>The same with a star for each character, so that every place in the text stays where it is.</summary>
    public static string Cover(string text) => Replace(text, length => new string('*', length));

    /// <summary>
    /// A line with <c>***</c> in the place of what follows a name that is secret, and of UUIDs, which are V2Ray's passwords.
    /// </summary>
    public static string HideFields(string line) => SecretPatterns.Uuid.Replace(SecretPatterns.Field.Replace(line, "${name}***"), "***");

    /// <summary>
    /// A line of a spec that can't be read, with stars for what follows a name that is secret, and as <see cref="Cover"/>.
    /// </summary>
    public static string CoverFields(string line)
    {
        return Cover(SecretPatterns.SpecField.Replace(SecretPatterns.Field.Replace(line, Stars), Stars));

        static string Stars(System.Text.RegularExpressions.Match match) =>
            match.Groups["name"].Value + new string('*', match.Length - match.Groups["name"].Length);
    }

    /// <summary>Whether a line of a spec begins a block in which everything is secret.</summary>
    public static bool OpensSecrets(string line) => SecretPatterns.SpecField.IsMatch(line + " x");

    /// <summary>What a text gives to a name that is secret, as <c>Authorization: VALUE</c>; null where it gives nothing.</summary>
    /// <param name="text">The text, which should have been an entry of a map.</param>
    /// <param name="isSecret">Whether a name is that of a secret.</param>
    public static string? Given(string text, Func<string, bool> isSecret) =>
        SecretPatterns.Entry.Match(text) is { Success: true } match
        && isSecret(match.Groups["name"].Value)
        && (
            match.Groups["sign"].Success
            || match.Groups["value"].Value is { Length: >= ShortestPassword } word && !word.Contains(' ', StringComparison.Ordinal)
        )
            ? match.Groups["value"].Value
            : null;

    private static string Replace(string text, Func<int, string> mask)
    {
        // Each form has a sign that is quickly looked for.
        text = text.Contains('=', StringComparison.Ordinal) ? SecretPatterns.Parameter.Replace(text, Secret) : text;
        text = text.Contains('@', StringComparison.Ordinal) ? SecretPatterns.UserInfo.Replace(text, Secret) : text;
        text =
            text.Contains("Bearer", StringComparison.OrdinalIgnoreCase) || text.Contains("Basic", StringComparison.OrdinalIgnoreCase)
                ? SecretPatterns.Credentials.Replace(text, Key)
                : text;
        text = HasHash(text) ? SecretPatterns.Hash.Replace(text, Secret) : text;
        return HasToken(text) ? SecretPatterns.Token.Replace(text, Secret) : text;

        string Secret(System.Text.RegularExpressions.Match match) =>
            match.Groups["name"].Value + mask(match.Length - match.Groups["name"].Length);

        // "Basic authentication" is words.
        string Key(System.Text.RegularExpressions.Match match) =>
            match.Value.Any(char.IsAsciiDigit) || match.Length > 32 ? Secret(match) : match.Value;
    }
}
