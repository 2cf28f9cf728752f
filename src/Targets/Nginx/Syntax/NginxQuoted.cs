namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A value made ready for one kind of place in a configuration, or the reason why it can't stand there.</summary>
internal readonly record struct NginxQuoted
{
    /// <summary>What to write; empty where the value was refused.</summary>
    public string Text { get; private init; }

    /// <summary>Why the value can't be written, in one line without a full stop; null where it can.</summary>
    public string? Refusal { get; private init; }

    /// <summary>
    /// Whether the text uses <c>${dollar}</c>: the file must then hold <see cref="NginxQuoting.DollarHelper"/> in its http block,
    /// because nginx has no escape for a dollar sign where it expands variables.
    /// </summary>
    public bool NeedsDollar { get; private init; }

    internal static NginxQuoted Of(string text, bool needsDollar = false) => new() { Text = text, NeedsDollar = needsDollar };

    internal static NginxQuoted Refused(string reason) => new() { Text = "", Refusal = reason };
}
