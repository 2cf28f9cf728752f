namespace Confgen.Targets.HAProxy.Reading;

/// <summary>A section.</summary>
/// <param name="Kind">Its keyword.</param>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Head">The line that opens it.</param>
/// <param name="Defaults">The defaults that hold for it; null for none.</param>
internal sealed record SourceSection(string Kind, string Name, SourceLine Head, SourceSection? Defaults)
{
    /// <summary>Its own lines.</summary>
    public List<SourceLine> Lines { get; } = [];

    /// <summary>Whether what is in it is HTTP.</summary>
    public bool IsHttp => Last("mode") is not { } mode || mode[1] == "http";

    /// <summary>The lines that begin with these words, where there are none those of the defaults.</summary>
    public IEnumerable<SourceLine> All(params string[] words)
    {
        SourceLine[] own = [.. Lines.Where(line => line.Is(words))];
        return own.Length > 0 ? own : Defaults?.All(words) ?? [];
    }

    /// <summary>The last such line; null for none.</summary>
    public SourceLine? Last(params string[] words) => All(words).LastOrDefault();

    /// <summary>The option, unless it is taken back.</summary>
    public SourceLine? Option(string name) => Last("no", "option", name) is null ? Last("option", name) : null;
}
