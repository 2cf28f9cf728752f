using System.Collections.ObjectModel;

namespace Confgen.Model.Sources;

/// <summary>
/// Where a model node was written, and where each of its fields was. Two sources are always equal, so that a node's value equality
/// never depends on where it stands.
/// </summary>
public sealed class Source : IEquatable<Source>
{
    /// <summary>The source of a node that nobody wrote.</summary>
    public static readonly Source None = new(SourceSpan.None, ReadOnlyDictionary<string, SourceSpan>.Empty, "");

    private readonly IReadOnlyDictionary<string, SourceSpan> _fields;

    /// <summary>Makes the source of a node.</summary>
    /// <param name="span">The whole node.</param>
    /// <param name="fields">Each field that was written, by its name in the spec, with the span of its value.</param>
    /// <param name="schema">The name of the map in the language's catalogue of fields, as <c>upstream.tls</c>.</param>
    public Source(SourceSpan span, IReadOnlyDictionary<string, SourceSpan> fields, string schema)
    {
        Span = span;
        _fields = fields;
        Schema = schema;
    }

    /// <summary>The whole node.</summary>
    public SourceSpan Span { get; }

    /// <summary>The name of the map in the language's catalogue of fields; empty where nobody wrote it.</summary>
    public string Schema { get; }

    /// <summary>The names of the fields that were written.</summary>
    public IEnumerable<string> Fields => _fields.Keys;

    /// <summary>Whether the node was written as the value of its only field, as <c>files: /var/www</c>.</summary>
    public bool IsShort => _fields.Count == 1 && _fields.Values.First() == Span && Span.IsSome;

    /// <summary>Whether the field was written, here or in the defaults that reached this node.</summary>
    public bool Wrote(string field) => _fields.ContainsKey(field);

    /// <summary>The span of the field's value, or of the whole node where the field was left out.</summary>
    public SourceSpan Of(string field) => _fields.TryGetValue(field, out SourceSpan span) ? span : Span;

    /// <summary>This source, with the fields that only <paramref name="outer"/> wrote: what a node inherits keeps its place.</summary>
    public Source Over(Source outer)
    {
        if (outer._fields.Count == 0)
        {
            return this;
        }

        var merged = new Dictionary<string, SourceSpan>(outer._fields, StringComparer.Ordinal);
        foreach ((string name, SourceSpan span) in _fields)
        {
            merged[name] = span;
        }

        return new Source(Span.IsSome ? Span : outer.Span, merged, Schema.Length > 0 ? Schema : outer.Schema);
    }

    /// <summary>This source, with these fields alone: what others may inherit from the node.</summary>
    public Source Only(IEnumerable<string> fields) =>
        new(Span, fields.Where(_fields.ContainsKey).ToDictionary(f => f, f => _fields[f], StringComparer.Ordinal), Schema);

    /// <inheritdoc/>
    public bool Equals(Source? other) => other is not null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Source;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}
