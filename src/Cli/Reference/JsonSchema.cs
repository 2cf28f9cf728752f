using System.Text.Json;
using Confgen.Cli.Output;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Reference;

/// <summary>
/// The language as a JSON Schema (draft 2020-12), for editors. It takes every spec that the compiler takes; what it can't say, as whether
/// a route is ever reached, it lets pass.
/// </summary>
internal sealed partial class JsonSchema
{
    // A scalar may be, or hold, a variable of the environment, whatever its kind.
    private const string Variable = @"\$\{";

    private readonly Dictionary<string, ObjectSchema> _definitions = new(StringComparer.Ordinal);
    private readonly Queue<ObjectSchema> _waiting = new();

    private JsonSchema() { }

    /// <summary>The schema of a root map and everything that it reaches.</summary>
    public static string Of(ObjectSchema root) =>
        JsonText.Of(json =>
        {
            var schema = new JsonSchema();
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("$id", "urn:confgen:spec:1");
            json.WriteString("title", "confgen spec");
            schema.WriteObject(json, root);
            json.WriteStartObject("$defs");
            while (schema._waiting.TryDequeue(out ObjectSchema? next))
            {
                json.WriteStartObject(next.Name);
                schema.WriteObject(json, next);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    private void WriteObject(Utf8JsonWriter json, ObjectSchema schema)
    {
        WriteDoc(json, schema.Doc);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        Field[] beside = [.. schema.Beside?.Invoke().Fields.Where(f => schema.Find(f.Name) is null) ?? []];
        foreach (Field field in schema.Fields.Concat(beside))
        {
            json.WriteStartObject(field.Name);
            WriteField(json, field);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        string[] required = [.. schema.Fields.Where(f => f.Required).Select(f => f.Name)];
        if (required.Length > 0 && MayUse(schema))
        {
            // What isn't written here may be in a fragment.
            json.WriteStartObject("if");
            json.WriteStartObject("not");
            WriteWords(json, "required", [FragmentFields.Use.Name]);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("then");
            WriteWords(json, "required", required);
            json.WriteEndObject();
        }
        else if (required.Length > 0)
        {
            WriteWords(json, "required", required);
        }

        WriteOneOf(json, schema);
        WriteRelations(json, schema);
        WriteOthers(json, schema);
    }

    private static bool MayUse(ObjectSchema schema) => schema.Find(FragmentFields.Use.Name) is not null;

    // Of some keys one must be there; which may not stand together, the compiler says.
    private static void WriteOneOf(Utf8JsonWriter json, ObjectSchema schema)
    {
        if (schema.OneIsRequired.Count == 0)
        {
            return;
        }

        json.WriteStartArray("anyOf");
        foreach (string key in MayUse(schema) ? schema.OneIsRequired.Append(FragmentFields.Use.Name) : schema.OneIsRequired)
        {
            json.WriteStartObject();
            WriteWords(json, "required", [key]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What the fields that a site has of its only route may not stand beside holds there too.
    private static void WriteRelations(Utf8JsonWriter json, ObjectSchema schema)
    {
        (string Key, IReadOnlyList<string> Others)[] beside =
        [
            .. schema.NotBeside,
            .. schema
                .Beside?.Invoke()
                .NotBeside.Where(n => schema.Find(n.Key) is null)
                .Select(n => (n.Key, (IReadOnlyList<string>)[.. n.Others.Where(o => schema.Find(o) is null)]))
                ?? [],
        ];
        (string Key, string[] Others)[] pairs = [.. beside.Select(n => (n.Key, n.Others.ToArray())).Where(n => n.Item2.Length > 0)];
        if (pairs.Length + schema.Needs.Count + schema.Refuses.Count == 0)
        {
            return;
        }

        json.WriteStartArray("allOf");
        foreach ((string key, string[] others) in pairs)
        {
            json.WriteStartObject();
            WriteIf(json, key);
            json.WriteStartObject("then");
            json.WriteStartObject("properties");
            foreach (string other in others)
            {
                json.WritePropertyName(NameOf(other));
                if (NameOf(other) == other)
                {
                    json.WriteBooleanValue(false);
                }
                else
                {
                    json.WriteStartObject();
                    json.WriteStartObject("not");
                    json.WriteBoolean("const", true);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        foreach ((string key, string other) in schema.Needs)
        {
            json.WriteStartObject();
            WriteIf(json, key);
            json.WriteStartObject("then");
            WriteWords(json, "required", [other]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        WriteShapes(json, [.. schema.Refuses.Select(shape => new Shape.Not(shape))]);
        json.WriteEndArray();
    }

    private static void WriteIf(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject("if");
        WriteWords(json, "required", [NameOf(key)]);
        if (NameOf(key) != key)
        {
            json.WriteStartObject("properties");
            json.WriteStartObject(NameOf(key));
            json.WriteBoolean("const", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string NameOf(string key) => key.Split('=')[0];

    private void WriteOthers(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteStartObject("patternProperties");
        if (!schema.HasNoOwnKeys)
        {
            json.WriteBoolean("^" + ObjectSchema.OwnKeys, true);
        }

        if (schema.OtherKeys is { Key: "status" } others && TypeSchema.Status is TypeSchema.Scalar { Pattern: { } pattern })
        {
            json.WriteStartObject(pattern);
            WriteType(json, others.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();

        // Merge keys (`<<`) are expanded by editors before they look.
        json.WriteBoolean("additionalProperties", false);
    }

    private void WriteField(Utf8JsonWriter json, Field field)
    {
        string doc = field.Default is { } value ? $"{field.Doc} Default: `{value}`." : field.Doc;
        WriteDoc(json, doc);
        if (field.Example is { } example)
        {
            WriteWords(json, "examples", [example]);
        }

        WriteType(json, field.Type);
        if (field is IntegerField { Min: var min, Max: var max })
        {
            json.WriteNumber("minimum", min);
            json.WriteNumber("maximum", max);
        }
    }

    // Editors show Markdown where they know the second key, plain text where not.
    private static void WriteDoc(Utf8JsonWriter json, string doc)
    {
        json.WriteString("description", doc.Replace("`", "", StringComparison.Ordinal));
        json.WriteString("markdownDescription", doc);
    }

    private string Define(ObjectSchema schema)
    {
        if (_definitions.TryAdd(schema.Name, schema))
        {
            _waiting.Enqueue(schema);
        }

        return schema.Name;
    }
}
