using System.Text.Json;

namespace Confgen.Targets.Tests.Caddy;

public sealed partial class CaddyTokenFormTests
{
    private static void Compare(string at, JsonElement hostile, JsonElement harmless, string[] texts, List<string> found)
    {
        if (hostile.ValueKind != harmless.ValueKind)
        {
            found.Add($"{at}: {hostile} instead of {harmless}");
        }
        else if (hostile.ValueKind == JsonValueKind.Object)
        {
            JsonProperty[] left = [.. hostile.EnumerateObject()];
            JsonProperty[] right = [.. harmless.EnumerateObject()];
            if (left.Length != right.Length)
            {
                found.Add($"{at}: {hostile} instead of {harmless}");
                return;
            }

            // Caddy hides its own configuration among files: another file each time.
            foreach ((JsonProperty one, JsonProperty other) in left.Zip(right).Where(static pair => pair.First.Name != "hide"))
            {
                CompareText(at, one.Name, other.Name, texts, found);
                Compare(at + "/" + other.Name, one.Value, other.Value, texts, found);
            }
        }
        else if (hostile.ValueKind == JsonValueKind.Array)
        {
            if (hostile.GetArrayLength() != harmless.GetArrayLength())
            {
                found.Add($"{at}: {hostile} instead of {harmless}");
                return;
            }

            int i = 0;
            foreach ((JsonElement one, JsonElement other) in hostile.EnumerateArray().Zip(harmless.EnumerateArray()))
            {
                Compare($"{at}/{i++}", one, other, texts, found);
            }
        }
        else if (hostile.ValueKind == JsonValueKind.String)
        {
            CompareText(at, hostile.GetString() ?? "", harmless.GetString() ?? "", texts, found);
        }
        else if (hostile.GetRawText() != harmless.GetRawText())
        {
            found.Add($"{at}: {hostile} instead of {harmless}");
        }
    }

    private static void CompareText(string at, string hostile, string harmless, string[] texts, List<string> found)
    {
        if (hostile == harmless)
        {
            return;
        }

        int start = harmless.IndexOf(Harmless, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            found.Add($"{at}: {hostile} instead of {harmless}");
            return;
        }

        string before = harmless[..start];
        string number = string.Concat(harmless[(start + Harmless.Length)..].TakeWhile(char.IsAsciiDigit));
        string after = harmless[(start + Harmless.Length + number.Length + 1)..].Replace(SecondLine, "", StringComparison.Ordinal);
        string text = texts[int.Parse(number, null)];
        bool same =
            (text == "{host}" && hostile == $"{before}s{number}.test{after}")
            || (
                hostile.Length >= before.Length + after.Length
                && hostile.StartsWith(before.TrimEnd('/'), StringComparison.Ordinal)
                && hostile.EndsWith(after, StringComparison.Ordinal)
                && Plain(hostile[before.TrimEnd('/').Length..^after.Length]).TrimStart('/') == Plain(text).TrimStart('/')
            );
        if (!same)
        {
            found.Add($"{at}: {hostile} instead of {harmless} for {text}");
        }
    }
}
