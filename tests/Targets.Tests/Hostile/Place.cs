using Confgen.Compiler.Rendering;
using Confgen.Tests.Slots;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A slot for a target, in one form, and what the target writes there for harmless values.</summary>
internal sealed class Place(Slot slot, string target, Func<string, string, string> form)
{
    private readonly Dictionary<string, (IReadOnlyList<RenderedFile> Files, Tree Tree)?> _twins = new(StringComparer.Ordinal);

    public Slot Slot => slot;

    /// <summary>The whole value.</summary>
    public string Value(string payload) => form(slot.Value, payload);

    /// <summary>The spec with a value.</summary>
    public string With(string payload) => slot.With(Value(payload));

    /// <summary>Where an output differs from those with harmless values; null where it is like one of them.</summary>
    public string? Difference(Func<RenderedFile, Tree> read, IReadOnlyList<RenderedFile> files)
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
        bool any = false;
        foreach (string twin in HostileValues.Twins)
        {
            if (Twin(twin, read) is { } harmless)
            {
                any = true;
                if (tree.DifferenceFrom(harmless.Tree, HostileValues.Mark) is not { } difference)
                {
                    return null;
                }

                first ??= difference;
            }
        }

        // A field that takes no text took a word or a number.
        return any ? first : tree.WithoutDigits().DifferenceFrom(Read(read, HostileSpecs.Render(slot, slot.Text, target)).WithoutDigits(), slot.Value);
    }

    /// <summary>Whether the program takes the output with a harmless value.</summary>
    public bool IsTaken(Func<IReadOnlyList<RenderedFile>, string> refusal) => _twins.Values.Any(t => t is { } twin && refusal(twin.Files).Length == 0);

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
