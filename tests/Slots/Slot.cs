using System.Text.Encodings.Web;
using System.Text.Json;

namespace Confgen.Tests.Slots;

/// <summary>A scalar of a spec that is known to be right, in whose place a test puts another.</summary>
/// <param name="File">The spec's file.</param>
/// <param name="Text">The spec.</param>
/// <param name="Field">The field's name in the catalogue, as <c>route.path</c>; of a key of a map, followed by <c> key</c>.</param>
/// <param name="Types">The names of the types of scalars that the field takes.</param>
/// <param name="Words">The words that the field takes.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Ranges">Where it stands. A name that others refer to stands at several places.</param>
internal sealed record Slot(
    string File,
    string Text,
    string Field,
    IReadOnlySet<string> Types,
    IReadOnlySet<string> Words,
    string Value,
    IReadOnlyList<SlotRange> Ranges
)
{
    // What YAML's double quotes mean includes what JSON's mean.
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The spec with another value there.</summary>
    public string With(string value)
    {
        string spec = Text;
        foreach (SlotRange range in Ranges.OrderByDescending(r => r.Start))
        {
            spec = spec[..range.Start] + JsonSerializer.Serialize(range.Prefix + value, _plain) + spec[range.End..];
        }

        return spec;
    }

    /// <summary>
    /// Whether a value is a text to the field: a word of the language, a truth value and a placeholder mean something, and not by mistake.
    /// </summary>
    public bool IsText(string value) =>
        !Words.Contains(value)
        && !(Types.Contains("boolean") && value is "on" or "off" or "true" or "false" or "none")
        && !(Words.Count > 0 && value is "on" or "off" or "true" or "false" or "none");
}
