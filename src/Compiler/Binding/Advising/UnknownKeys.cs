using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>The way out of a key that a map doesn't have.</summary>
internal static class UnknownKeys
{
    private static readonly string[] _ofRoot =
    [
        "version",
        "include",
        "defaults",
        "trusted_proxies",
        "upstreams",
        "sites",
        "tunnels",
        "streams",
        "targets",
        "lint",
        "tests",
    ];

    private static readonly (string Place, Func<ObjectSchema> Schema)[] _elsewhere =
    [
        ("a site", () => SiteFields.Schema),
        ("a route", () => RouteFields.Schema),
        ("an upstream under 'upstreams'", () => UpstreamFields.Schema),
        ("a server of an upstream", () => ServerFields.Schema),
    ];

    /// <summary>The advice, and the field that the key was probably meant to be.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="map">The map.</param>
    /// <param name="entry">The entry with the unknown key.</param>
    /// <param name="schema">The map's fields.</param>
    /// <param name="beside">Further fields that it may have.</param>
    public static (Advice Advice, string? Meant) Explain(
        BindingContext c,
        MapSyntax map,
        EntrySyntax entry,
        ObjectSchema schema,
        ObjectSchema? beside
    )
    {
        string key = entry.Key.Value;
        Field[] fields = [.. schema.Fields.Concat(map.Find("routes") is null ? beside?.Fields ?? [] : []).DistinctBy(f => f.Name)];

        if (schema.Name == "spec" && IsAnchored(c, entry))
        {
            return (
                new Advice($"name it 'x-{key}': such keys are yours, and may hold anchors")
                {
                    Edits = Edits(EntryEdits.Rename(map, entry, "x-" + key)),
                },
                null
            );
        }

        if (schema.Name == "spec" && key == "services" && IsCompose(entry.Value))
        {
            string way = "a compose file says what runs, a spec what is served: 'confgen init' writes one";
            return (new Advice(way), "sites");
        }

        // 1. Words of another program.
        foreach (string scope in beside is null ? (string[])[schema.Name] : [schema.Name, beside.Name])
        {
            if (PairedKeys.Advise(c, map, entry, scope) is { } together)
            {
                return (together, null);
            }
        }

        foreach (string scope in beside is null ? (string[])[schema.Name] : [schema.Name, beside.Name])
        {
            if (ForeignWords.Find(scope, key) is { } foreign)
            {
                return (foreign.Advise(c, map, entry, scope), foreign.Field);
            }
        }

        if (key is "enabled" or "enable" && entry.Value is ScalarSyntax { Value: "true" or "yes" or "on" })
        {
            return (new Advice("remove it: what is written is in use") { Edits = Edits(EntryEdits.Remove(c, map, entry)) }, null);
        }

        if (OfPlace(c, map, entry, schema) is { } placed)
        {
            return (placed, null);
        }

        // A header's name, where the direction and the kind of the rule are missing.
        if (
            schema.Name is "headers" or "headers.rules"
            && HeaderNames.IsToken(key)
            && (key.Contains('-', StringComparison.Ordinal) || char.IsUpper(key[0]))
        )
        {
            string rule = $"set: {{ {key}: {EntryEdits.FlowText(c, entry.Value) ?? "..."} }}";
            return (
                schema.Name == "headers"
                    ? new Advice($"write 'response: {{ {rule} }}' for the client, or 'request: {{ {rule} }}' for the upstream")
                    : new Advice($"write '{rule}'") { Edits = Edits(EntryEdits.Nest(c, map, entry, "set", key)) },
                null
            );
        }

        // 2. A slip of the pen.
        string[] near = [.. Spelling.AllNearest(key, fields.Select(f => f.Name))];
        if (near is [var only])
        {
            return map.Find(only) is not null
                ? (new Advice($"'{only}' is written already: remove one of the two"), only)
                : (new Advice($"did you mean '{only}'?") { Edits = Edits(EntryEdits.Rename(map, entry, only)) }, only);
        }

        if (near.Length > 1)
        {
            return (new Advice($"did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?"), near[0]);
        }

        // 3. A field of a map within this one, which is written or needs nothing else.
        if (Within(c, map, entry, fields.Where(field => IsReady(map, field, key))) is { } within)
        {
            return (within, null);
        }

        // 4. A field of another map.
        if (schema.Name != "spec" && _ofRoot.Contains(key, StringComparer.Ordinal))
        {
            return (new Advice($"move it to the root of the spec, beside 'sites'"), null);
        }

        foreach ((string place, Func<ObjectSchema> other) in _elsewhere)
        {
            if (other() != schema && other() != beside && other().Find(key) is not null)
            {
                return (new Advice($"it is a field of {place}: move it there"), null);
            }
        }

        // 5. A field of a map within this one that needs more.
        return (Within(c, map, entry, fields) ?? new Advice("expected one of " + string.Join(", ", fields.Select(f => f.Name))), null);
    }

    private static bool IsReady(MapSyntax map, Field field, string key) =>
        map.Find(field.Name) is not null || (MapOf(field.Type)?.Fields.All(inner => !inner.Required || inner.Name == key) ?? false);

    private static Advice? Within(BindingContext c, MapSyntax map, EntrySyntax entry, IEnumerable<Field> fields)
    {
        string key = entry.Key.Value;
        if (fields.FirstOrDefault(f => MapOf(f.Type)?.Find(key) is not null) is not { } field)
        {
            return null;
        }

        IReadOnlyList<TextEdit>? nested = EntryEdits.Nest(c, map, entry, field.Name, key);
        string line = nested is not null
            ? $"{field.Name}: {{ {key}: {EntryEdits.FlowText(c, entry.Value)} }}"
            : $"{field.Name}: {{ {key}: ... }}";
        return new Advice($"it belongs to '{field.Name}': write '{line}'") { Edits = Edits(nested) };
    }

    private static bool IsCompose(SyntaxNode services) =>
        services is MapSyntax map
        && map.Entries.Any(e =>
            e.Value is MapSyntax service && service.Entries.Any(s => s.Key.Value is "image" or "build" or "container_name")
        );

    // A place for an anchor, as other places merge it.
    private static bool IsAnchored(BindingContext c, EntrySyntax entry) =>
        c.Sources.TryGetValue(entry.Key.Span.File, out SourceText? source)
        && source.Line(entry.Key.Span.EndLine) is var line
        // The span of an empty key is one column wide all the same.
        && line[Math.Min(line.Length, entry.Key.Span.EndColumn - 1)..].TrimStart().TrimStart(':').TrimStart().StartsWith('&');

    // A key that is a value here: a site's host at the root, as in a Caddyfile, and a path in the list of routes.
    private static Advice? OfPlace(BindingContext c, MapSyntax map, EntrySyntax entry, ObjectSchema schema)
    {
        string key = entry.Key.Value;
        if (schema.Name == "spec" && key.Contains('.', StringComparison.Ordinal) && Model.Units.HostPattern.TryParse(key, out _, out _))
        {
            return new Advice($"a site stands in the list 'sites': write '- host: {key}' there, and its fields below");
        }

        if (schema.Name != "route" || !key.StartsWith('/') || map.Entries.Count != 1)
        {
            return null;
        }

        string path = YamlScalar.Of(key);
        return entry.Value is ScalarSyntax { IsNull: false } && EntryEdits.FlowText(c, entry.Value) is { } target
            ? new Advice($"write 'path: {path}' and 'proxy: {target}'")
            {
                Edits = [new TextEdit(map.Span, $"{{ path: {path}, proxy: {target} }}")],
            }
            : new Advice($"write 'path: {path}', and its fields beside it");
    }

    private static ObjectSchema? MapOf(TypeSchema type) =>
        type switch
        {
            TypeSchema.Fields fields => fields.Schema(),
            TypeSchema.AnyOf any => any.Forms.Select(MapOf).FirstOrDefault(s => s is not null),
            _ => null,
        };

    private static ValueList<TextEdit> Edits(IReadOnlyList<TextEdit>? edits) => (edits ?? []).ToValueList();
}
