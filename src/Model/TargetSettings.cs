namespace Confgen.Model;

/// <summary>The fields written under <c>targets:</c> for one target. Each target declares its own fields and their kinds.</summary>
public sealed record TargetSettings : SpecNode
{
    /// <summary>The target's name, as <c>nginx</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Each written field's values in the order written; a scalar is a list of one.</summary>
    public IReadOnlyDictionary<string, ValueList<string>> Values { get; init; } =
        new Dictionary<string, ValueList<string>>(StringComparer.Ordinal);

    /// <summary>The only value of a field, or null where it was not written.</summary>
    public string? Text(string field) => Values.TryGetValue(field, out ValueList<string>? values) && values.Count > 0 ? values[0] : null;

    /// <summary>All values of a field; empty where it was not written.</summary>
    public ValueList<string> List(string field) => Values.TryGetValue(field, out ValueList<string>? values) ? values : [];

    /// <inheritdoc/>
    public bool Equals(TargetSettings? other) =>
        other is not null
        && Target == other.Target
        && Values.Count == other.Values.Count
        && Values.All(v => other.Values.TryGetValue(v.Key, out ValueList<string>? theirs) && v.Value.Equals(theirs));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Target, Values.Count);
}
