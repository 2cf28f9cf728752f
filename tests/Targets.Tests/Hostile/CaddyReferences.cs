using System.Text.Json;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// The placeholders of a configuration as <c>caddy adapt</c> prints it that Caddy expands when it runs. Of a placeholder with no known name
/// nothing would be left, so a value that names one is lost where it isn't escaped; of a reference to the environment its default is left.
/// </summary>
internal static partial class CaddyReferences
{
    // A header name of the spec within a placeholder that the template writes: a name is a token, and can't end it.
    private static readonly string[] _own = ["{http.reverse_proxy.header.", "{http.request.header."];

    /// <summary>The first place at which a placeholder with that name would be expanded; null where each one is escaped.</summary>
    public static string? Expanded(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return Find(document.RootElement, "", name);
    }

    private static string? Find(JsonElement element, string place, string name) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Where(p => !IsTakenAsItIs(place, p.Name))
                .Select(p => IsExpanded(p.Name, name) ? $"{place} has the key '{p.Name}'" : Find(p.Value, $"{place}/{p.Name}", name))
                .FirstOrDefault(f => f is not null),
            JsonValueKind.Array => element.EnumerateArray().Select(e => Find(e, place, name)).FirstOrDefault(f => f is not null),
            JsonValueKind.String when IsExpanded(element.GetString() ?? "", name) => $"{place} is '{element.GetString()}'",
            _ => null,
        };

    // The target of a health check is parsed as a URL once, and sent (healthchecks.go); a file of authorities is opened by the name that
    // is written (httptransport.go); a realm is sent as it is written (basicauth.go).
    private static bool IsTakenAsItIs(string place, string key) =>
        (key == "uri" && place.EndsWith("/health_checks/active", StringComparison.Ordinal))
        || (key == "realm" && place.EndsWith("/providers/http_basic", StringComparison.Ordinal))
        || (key == "root_ca_pem_files" && place.EndsWith("/transport/tls", StringComparison.Ordinal));

    private static bool IsExpanded(string text, string name) =>
        Unescaped()
            .Matches(text)
            .Any(m => m.Value.Contains(name, StringComparison.Ordinal) && !_own.Any(o => m.Value.StartsWith(o, StringComparison.Ordinal)))
        || (text.Contains(HostileValues.Default, StringComparison.Ordinal) && !text.Contains(name, StringComparison.Ordinal));

    // A backslash before the brace keeps Caddy from reading a placeholder, two before it as well (replacer.go looks one character back).
    [GeneratedRegex(@"(?<!\\)\{[^{}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unescaped();
}
