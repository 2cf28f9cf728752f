using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding;

/// <summary>Reads the fields of one map: unknown and missing keys are reported at once, each value when it is asked for.</summary>
internal sealed class ObjectReader
{
    private readonly BindingContext _c;
    private readonly Dictionary<string, EntrySyntax> _entries = new(StringComparer.Ordinal);

    private readonly ObjectSchema? _beside;
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);

    private ObjectReader(BindingContext c, SyntaxNode node, ObjectSchema schema, ObjectSchema? beside)
    {
        _c = c;
        _beside = beside;
        Node = node;
        Schema = schema;
    }

    public SyntaxNode Node { get; }

    public ObjectSchema Schema { get; }

    /// <summary>Where the map and each of its fields stand.</summary>
    public Source Source { get; private set; } = Source.None;

    /// <summary>The reader of a map; one without fields where the node is none, which is reported.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="node">The map.</param>
    /// <param name="schema">The fields that are read.</param>
    /// <param name="beside">Fields that the same map may have and another reader reads.</param>
    public static ObjectReader Open(BindingContext c, SyntaxNode node, ObjectSchema schema, ObjectSchema? beside = null) =>
        Open(c, [node], schema, beside);

    /// <summary>The reader of several maps read as one, as the same section of several files.</summary>
    public static ObjectReader Open(
        BindingContext c,
        IReadOnlyList<SyntaxNode> nodes,
        ObjectSchema schema,
        ObjectSchema? beside = null,
        bool besideWins = false
    )
    {
        var reader = new ObjectReader(c, nodes[0], schema, beside);
        var spans = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (SyntaxNode node in c.Diagnostics.IsFull ? [] : nodes)
        {
            reader.Collect(node, spans, besideWins);
        }

        reader.Source = new Source(nodes[0].Span, spans, schema.Name);
        foreach (Field field in schema.Fields)
        {
            if (field.Required && !reader._entries.ContainsKey(field.Name) && !reader.Meant(field) && nodes[0] is MapSyntax)
            {
                c.Diagnostics.Report(
                    ValueRules.MissingKey,
                    nodes[0].Span,
                    $"'{field.Name}' is missing",
                    field.IfMissing ?? (field.Example is null ? null : $"add '{field.Name}: {field.Example}'")
                );
            }
        }

        return reader;
    }

    /// <summary>Where a node stands that is written as the value of one of its fields alone.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="schema">The node's fields.</param>
    /// <param name="field">The field that is written.</param>
    public static Source OfShort(SyntaxNode value, ObjectSchema schema, Field field) =>
        new(value.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal) { [field.Name] = value.Span }, schema.Name);

    /// <summary>Whether the field is missing, and an unknown key is probably a slip of it: then its absence needs no word.</summary>
    public bool Meant(Field field) => _meant.Contains(field.Name);

    public bool Has(Field field) => _entries.ContainsKey(Known(field));

    public SyntaxNode? Get(Field field) => _entries.TryGetValue(Known(field), out EntrySyntax? entry) ? entry.Value : null;

    public SourceSpan KeySpan(Field field) => _entries.TryGetValue(Known(field), out EntrySyntax? entry) ? entry.Key.Span : Node.Span;

    public string? Text(Field field) => Get(field) is { } node ? ScalarReader.Text(_c, node) : null;

    public bool Boolean(Field field, bool fallback) => (Get(field) is { } node ? ScalarReader.Boolean(_c, node) : null) ?? fallback;

    public T Word<T>(Field field, T fallback, IReadOnlyList<(string Word, T Value)> words, Func<string, string?>? suggest = null)
        where T : struct => (Get(field) is { } node ? ScalarReader.Word(_c, node, words, suggest) : null) ?? fallback;

    /// <summary>The value, or the field's default.</summary>
    public bool Read(BooleanField field) => Boolean(field, field.Fallback);

    /// <inheritdoc cref="Read(BooleanField)"/>
    public string Read(TextField field) => Text(field) ?? field.Fallback;

    /// <inheritdoc cref="Read(BooleanField)"/>
    public int Read(IntegerField field) => Find(field) ?? field.Fallback;

    /// <inheritdoc cref="Read(BooleanField)"/>
    public TimeSpan Read(DurationField field) => Find(field) ?? field.Fallback;

    /// <inheritdoc cref="Read(BooleanField)"/>
    public T Read<T>(WordField<T> field, Func<string, string?>? suggest = null)
        where T : struct => Word(field, field.Fallback, field.Words, suggest);

    /// <summary>The value; null where the field is left out or invalid.</summary>
    public int? Find(IntegerField field) => Get(field) is { } node ? ScalarReader.Integer(_c, node, field.Min, field.Max) : null;

    /// <inheritdoc cref="Find(IntegerField)"/>
    public TimeSpan? Find(DurationField field) =>
        Get(field) is { } node ? ScalarReader.Duration(_c, node, field.Min, isLong: field.Name == "max_age") : null;

    /// <inheritdoc cref="Find(IntegerField)"/>
    public long? Find(SizeField field) => Get(field) is { } node ? ScalarReader.Size(_c, node, field.Min) : null;

    /// <summary>A list read element by element; a single value stands for a list of one where the schema allows it.</summary>
    public ValueList<T> List<T>(Field field, Func<SyntaxNode, T?> read)
        where T : class => Elements(field).Select(read).OfType<T>().ToValueList();

    /// <summary>As <see cref="List{T}"/>, for values.</summary>
    public ValueList<T> Values<T>(Field field, Func<SyntaxNode, T?> read)
        where T : struct => Elements(field).Select(read).Where(v => v.HasValue).Select(v => v.GetValueOrDefault()).ToValueList();

    /// <summary>The entries of a map with free keys.</summary>
    public IReadOnlyList<EntrySyntax> Entries(Field field)
    {
        switch (Get(field))
        {
            case null or ScalarSyntax { IsUnresolved: true }:
                return [];
            case MapSyntax map:
                return map.Entries;
            case var other:
                _c.Diagnostics.Report(
                    ValueRules.WrongType,
                    other.Span,
                    $"expected a map, found {other.Kind}",
                    WrongShapes.ForEntries(_c, field.Name, other)
                );
                return [];
        }
    }

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<SyntaxNode> Elements(Field field)
    {
        switch (Get(field))
        {
            case null or ScalarSyntax { IsUnresolved: true }:
                return [];
            case ListSyntax list:
                return list.Items;
            case var single when AllowsSingle(field.Type):
                return [single];
            case var other:
                _c.Diagnostics.Report(
                    ValueRules.WrongType,
                    other.Span,
                    $"expected a list, found {other.Kind}",
                    WrongShapes.ForList(_c, field.Name, other)
                );
                return [];
        }
    }

    /// <summary>Reports a list that is written and empty, where that means nothing.</summary>
    public void NotEmpty(Field field, string hint)
    {
        if (Get(field) is ListSyntax { Items.Count: 0 } empty)
        {
            _c.Diagnostics.Report(ValueRules.BadValue, empty.Span, $"'{field.Name}' is an empty list", hint);
        }
    }

    private static bool AllowsSingle(TypeSchema? type) =>
        type is TypeSchema.ListOf { AllowSingle: true } || (type is TypeSchema.AnyOf any && any.Forms.Any(AllowsSingle));

    private void Collect(SyntaxNode node, Dictionary<string, SourceSpan> spans, bool besideWins)
    {
        if (node is ScalarSyntax { IsUnresolved: true })
        {
            return;
        }

        if (node is not MapSyntax map)
        {
            _c.Diagnostics.Report(
                ValueRules.WrongType,
                node.Span,
                $"expected a map, found {node.Kind}",
                WrongShapes.ForMap(_c, node, Schema)
            );
            return;
        }

        foreach (EntrySyntax entry in map.Entries)
        {
            string key = entry.Key.Value;
            if (_beside?.Find(key) is not null && (besideWins || Schema.Find(key) is null))
            {
                continue;
            }

            if (Schema.Find(key) is null)
            {
                if (Schema.Ignores(key))
                {
                    continue;
                }

                (Advice advice, string? meant) = UnknownKeys.Explain(_c, map, entry, Schema, _beside);
                _meant.Add(meant ?? "");
                if (!besideWins)
                {
                    // Else the reader of the other fields reports it.
                    _c.Diagnostics.Report(ValueRules.UnknownKey, entry.Key.Span, $"unknown key '{key}'", advice);
                }
            }
            else if (_entries.TryAdd(key, entry))
            {
                spans[key] = entry.Value.Span;
            }
            else
            {
                _c.Diagnostics.Report(
                    YamlReader.DuplicateKey,
                    entry.Key.Span,
                    $"'{key}' is written in two files",
                    "keep one of them",
                    new RelatedSpan(_entries[key].Key.Span, "the first one")
                );
            }
        }
    }

    /// <summary>Takes those of the fields that aren't written here from the defaults.</summary>
    public void Inherit(ObjectReader defaults, IEnumerable<Field> fields)
    {
        var spans = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (Field field in fields)
        {
            if (defaults._entries.TryGetValue(field.Name, out EntrySyntax? entry) && !Meant(field) && _entries.TryAdd(field.Name, entry))
            {
                spans[field.Name] = entry.Value.Span;
            }
        }

        Source = Source.Over(new Source(Source.Span, spans, Schema.Name));
    }

    // A binder that reads a field which its schema doesn't declare is a bug of ours: say so at once.
    private string Known(Field field) =>
        Schema.Find(field.Name) is null ? throw new InvalidOperationException($"{Schema.Name} declares no field '{field}'") : field.Name;
}
