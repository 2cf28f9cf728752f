using Confgen.Compiler.Masking;
using Confgen.Model.Units;

namespace Confgen.Cli.Writing;

/// <summary>
/// An old and a new version of an output as they may be shown: logs of builds are read by more people than outputs. What is secret in the
/// new one is known from the spec; the secrets of the old one are those that stand in the same places, and whatever looks like one.
/// </summary>
internal static class MaskedTexts
{
    /// <summary>Both texts, masked; the first is null where there is no old version.</summary>
    public static (string? Before, string After) Of(SecretMask secrets, string? before, string after)
    {
        string[] lines = after.Split('\n');
        string[] shown = [.. lines.Select(secrets.Output)];
        if (before is null)
        {
            return (null, string.Join('\n', shown));
        }

        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            kept.TryAdd(lines[i], shown[i]);
            int mask = shown[i].IndexOf("***", StringComparison.Ordinal);
            if (mask > 0 && shown[i][..mask].TrimStart() is { Length: > 0 } place)
            {
                places.Add(place);
            }
        }

        return (string.Join('\n', before.Split('\n').Select(l => kept.GetValueOrDefault(l) ?? Masked(l))), string.Join('\n', shown));

        string Masked(string line)
        {
            string text = line.TrimStart();
            return places.FirstOrDefault(p => text.StartsWith(p, StringComparison.Ordinal)) is { } place
                ? line[..(line.Length - text.Length + place.Length)] + SecretMask.Shown
                : Secrets.HideFields(secrets.Output(line));
        }
    }
}
