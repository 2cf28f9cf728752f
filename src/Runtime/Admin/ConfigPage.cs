using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Globs;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Runtime.Admin;

/// <summary>
/// What is served, as JSON: the model with every default filled in, and without its secrets. Names of files stay; what is in them was never
/// part of the model. What only the compiler needs (<c>targets</c>, <c>tests</c>) is left out.
/// </summary>
internal static class ConfigPage
{
    private const string Hidden = "***";

    private static readonly JsonWriterOptions _style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What is hidden whatever it holds.
    private static readonly HashSet<(Type, string)> _secret =
    [
        (typeof(BasicAuthUser), nameof(BasicAuthUser.Hash)),
        (typeof(AcmeBinding), nameof(AcmeBinding.MacKey)),
        (typeof(Tunnel), nameof(Tunnel.Secret)),
        (typeof(Tunnel), nameof(Tunnel.Id)),
    ];

    private static readonly HashSet<(Type, string)> _leftOut = [(typeof(Spec), nameof(Spec.Targets)), (typeof(Spec), nameof(Spec.Tests))];

    /// <summary>The page.</summary>
    public static string Write(Spec spec)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _style))
        {
            Write(json, spec);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case TimeSpan time:
                json.WriteStringValue(Durations.Format(time));
                break;
            case Enum:
                json.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString() ?? ""));
                break;
            case HostHeader or Balance:
                WriteObject(json, value);
                break;
            case ListenAddress or PathMatcher:
                json.WriteStringValue(value.ToString());
                break;
            case ValuePattern glob:
                json.WriteStringValue(Secrets.Hide(glob.Text));
                break;
            case HeaderValue header:
                WritePair(json, header.Name, header.Value.ToString());
                break;
            case ValueCondition condition:
                WritePair(json, condition.Name, condition.Value.ToString() ?? "");
                break;
            case IEnumerable items and not string:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case SpecNode node:
                WriteObject(json, node);
                break;
            default:
                // Units and texts: as a spec writes them.
                json.WriteStringValue(Secrets.Hide(value.ToString() ?? ""));
                break;
        }
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2075",
        Justification = "The program keeps the model whole (TrimmerRootAssembly in Confgen.Cli.csproj)."
    )]
    private static void WriteObject(Utf8JsonWriter json, object node)
    {
        json.WriteStartObject();
        if (node is RouteAction action)
        {
            json.WriteString("kind", action.Field);
        }

        // What can be written in a spec has a setter; the rest follows from it.
        foreach (
            PropertyInfo property in node.GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite && p.Name != nameof(SpecNode.At))
        )
        {
            (Type, string) key = (node.GetType(), property.Name);
            object? value = property.GetValue(node);
            if (!_leftOut.Contains(key))
            {
                json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
                Write(json, _secret.Contains(key) && value is not null ? Hidden : value);
            }
        }

        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", Secrets.IsSecretName(name) || Secrets.LooksLikeKey(value) ? Hidden : Secrets.Hide(value));
        json.WriteEndObject();
    }
}
