using Confgen.Compiler.Rendering;
using Confgen.Tests.Slots;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A slot for a target, in one form, and what the target writes there for harmless values.</summary>
internal sealed class Place(Slot slot, string target, Func<string, string, string> form)
{
    private const char Letter = 'q';
    private const int ShortestMark = 3;

    private readonly Dictionary<string, (IReadOnlyList<RenderedFile> Files, Tree Tree)?> _twins = new(StringComparer.Ordinal);

    public Slot Slot => slot;

    /// <summary>The whole value.</summary>
    public string Value(string payload) => form(slot.Value, payload);

    /// <summary>The spec with a value.</summary>
    public string With(string payload) => slot.With(Value(payload));

    /// <summary>Where an output differs from those with harmless values; null where it is like one of them.</summary>
    public string? Difference(string payload, Func<RenderedFile, Tree> read, IReadOnlyList<RenderedFile> files)
    {
        Tree tree;
        try
        {
            tree = Read(read, files);
        }
        catch (Exception e) when (e is InvalidDataException or System.Text.Json.JsonException or YamlDotNet.Core.YamlException)
        {
            return e.Message;
        }

        string? first = null;
        foreach ((string twin, string mark) in Harmless(payload))
        {
            if (Twin(twin, read) is { } harmless)
            {
                if (tree.DifferenceFrom(harmless.Tree, mark) is not { } difference)
                {
                    return null;
                }

                first ??= difference;
            }
        }

        // A field that takes no text took a word or a number; what it does is for its value to say.
        return first is not null ? first
            : payload.All(char.IsAsciiLetterOrDigit) ? null
            : tree.WithoutDigits().DifferenceFrom(Read(read, HostileSpecs.Render(slot, slot.Text, target)).WithoutDigits(), slot.Value);
    }

    /// <summary>Whether the program takes the output with a harmless value.</summary>
    public bool IsTaken(Func<IReadOnlyList<RenderedFile>, string> refusal) =>
        _twins.Values.Any(t => t is { } twin && refusal(twin.Files).Length == 0);

    // The likest one comes first: letters in the place of other characters, so that a path has the same length, which decides where its
    // route stands.
    private static IEnumerable<(string Value, string Mark)> Harmless(string payload)
    {
        string likeIt = string.Concat(payload.Select(c => char.IsAsciiLetterOrDigit(c) || c is '/' ? c : Letter));
        return
        [
            .. likeIt.Contains(Letter, StringComparison.Ordinal)
            && likeIt.Trim('/').Length >= ShortestMark
            && !payload.Contains(HostileValues.NoName, StringComparison.Ordinal)
                ? [(likeIt, likeIt.Trim('/'))]
                : Array.Empty<(string, string)>(),
            .. HostileValues.Twins.Select(t => (t, HostileValues.Mark)),
            // Behind a slash: a short path, which may stand before others of its site where a longer one doesn't.
            .. likeIt is [Letter] ? [(likeIt, "/" + likeIt)] : Array.Empty<(string, string)>(),
        ];
    }

    private (IReadOnlyList<RenderedFile> Files, Tree Tree)? Twin(string value, Func<RenderedFile, Tree> read)
    {
        if (!_twins.TryGetValue(value, out (IReadOnlyList<RenderedFile> Files, Tree Tree)? twin))
        {
            twin = HostileSpecs.Render(slot, With(value), target) is { Count: > 0 } files ? (files, Read(read, files)) : null;
            _twins[value] = twin;
        }

        return twin;
    }

    private static Tree Read(Func<RenderedFile, Tree> read, IReadOnlyList<RenderedFile> files) => new("", [.. files.Select(read)]);
}
