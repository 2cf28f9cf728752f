using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>A key of Traefik's configuration, whatever it was read from: a file, a label or an argument.</summary>
/// <param name="name">Its name; a number for an item of a list.</param>
internal sealed class SourceKey(string name)
{
    private readonly List<LedgerEntry> _entries = [];

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its value, lists of texts joined by commas as labels have them; null where it has keys alone.</summary>
    public string? Value { get; set; }

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<string>? List { get; set; }

    /// <summary>The keys below it, or the items of a list of maps.</summary>
    public List<SourceKey> Keys { get; } = [];

    /// <summary>The values of a list, however it is written.</summary>
    public IReadOnlyList<string> Values =>
        List ?? Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether it is a switch that is on.</summary>
    public bool IsTrue => string.Equals(Value, "true", StringComparison.OrdinalIgnoreCase) || Value == "1";

    /// <summary>Whether it is a switch that is off.</summary>
    public bool IsFalse => string.Equals(Value, "false", StringComparison.OrdinalIgnoreCase) || Value == "0";

    /// <summary>The key below it at a path; names differ in case alone nowhere. Null for none.</summary>
    public SourceKey? this[string path]
    {
        get
        {
            SourceKey? key = this;
            foreach (string part in path.Split('.'))
            {
                key = key?.Keys.Find(k => k.Name.Equals(part, StringComparison.OrdinalIgnoreCase));
            }

            return key;
        }
    }

    /// <summary>The key below it, which is made where there is none.</summary>
    public SourceKey Make(string part)
    {
        if (this[part] is { } there)
        {
            return there;
        }

        var made = new SourceKey(part);
        Keys.Add(made);
        return made;
    }

    /// <summary>Takes a place of the source at which it stands.</summary>
    public void Stands(LedgerEntry entry) => _entries.Add(entry);

    /// <summary>The spec says it and all below it.</summary>
    public void Say(OutputNode place, string? note = null) => Settle(entry => entry.Say(place, note));

    /// <summary>It and all below it is lost.</summary>
    public void Lose(string reason) => Settle(entry => entry.Lose(reason));

    /// <summary>It and all below it is what a spec does anyway.</summary>
    public void Imply(string reason) => Settle(entry => entry.Imply(reason));

    /// <summary>It and all below it that nobody has settled changes nothing.</summary>
    public void Tune(string reason) => SettleRest(entry => entry.Tune(reason));

    /// <summary>What nobody has settled of it and below it is lost.</summary>
    public void LoseRest(string reason) => SettleRest(entry => entry.Lose(reason));

    /// <summary>What holds keys alone has its fate in them.</summary>
    public void Open()
    {
        if (Keys.Count > 0)
        {
            _entries.FindAll(static entry => !entry.IsSettled).ForEach(static entry => entry.Imply("what is in it is read"));
            Keys.ForEach(static key => key.Open());
        }
    }

    private void SettleRest(Action<LedgerEntry> settle) =>
        Settle(entry =>
        {
            if (!entry.IsSettled)
            {
                settle(entry);
            }
        });

    private void Settle(Action<LedgerEntry> settle)
    {
        _entries.ForEach(settle);
        Keys.ForEach(key => key.Settle(settle));
    }
}
