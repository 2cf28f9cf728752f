using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>The way out of a value of the wrong kind: the same content in the right one, where that can be told.</summary>
internal static class WrongShapes
{
    private const string NoValue = "write a value, or remove the key";

    /// <summary>For a value where a map with known fields must stand.</summary>
    public static Advice ForMap(BindingContext c, SyntaxNode node, ObjectSchema schema)
    {
        string? text = node switch
        {
            ScalarSyntax { IsNull: true } => null,
            ScalarSyntax scalar => FromText(schema.Name, scalar.Value),
            ListSyntax list
                when schema.Fields.FirstOrDefault(f => f.Type is TypeSchema.ListOf) is { } field
                    && EntryEdits.FlowText(c, list) is { } items
                    && list.Items.All(i => i is ScalarSyntax) => $"{{ {field.Name}: {items} }}",
            ListSyntax { Items: [MapSyntax only] } => EntryEdits.FlowText(c, only),
            _ => null,
        };
        if (node is ScalarSyntax { IsNull: false } && LinesOfText.AsMap(c, node.Span, schema) is { } lines)
        {
            return lines;
        }

        if (text is not null && EntryEdits.FlowText(c, node) is not null)
        {
            return Advice.Replace(node.Span, text);
        }

        if (HintFor(schema.Name, node) is { } hint)
        {
            return new Advice(hint);
        }

        string fields = string.Join(", ", schema.Fields.Take(6).Select(f => f.Name)) + (schema.Fields.Count > 6 ? ", ..." : "");
        Field? example = schema.Fields.FirstOrDefault(f => f.Example is not null);
        return new Advice(
            node is ScalarSyntax { IsNull: true } ? $"write its fields below it ({fields}), or remove the key"
            : example is null ? $"its fields are {fields}"
            : $"its fields are {fields}, as in '{{ {example.Name}: {example.Example} }}'"
        );
    }

    /// <summary>For a value where a list must stand.</summary>
    public static Advice ForList(BindingContext c, string field, SyntaxNode node)
    {
        string? key = field switch
        {
            "sites" => "host",
            "routes" => "path",
            _ => null,
        };
        if (node is MapSyntax map && key is not null && ListEdits.Of(c, map, key) is { } edits)
        {
            return new Advice($"write a list: '- {key}: ...' for each of them") { Edits = edits.ToValueList() };
        }

        if (node is ScalarSyntax { IsNull: true })
        {
            return new Advice(NoValue);
        }

        if (node is ScalarSyntax && (key is not null || field == "tests"))
        {
            return new Advice($"write a list of maps: '- {key ?? "url"}: ...' for each of them");
        }

        return node is ScalarSyntax && EntryEdits.FlowText(c, node) is { } item ? Advice.Replace(node.Span, $"[{item}]")
            : node is MapSyntax && key is null && EntryEdits.FlowText(c, node) is { } single ? Advice.Replace(node.Span, $"[{single}]")
            : new Advice("write '- ' before each element");
    }

    /// <summary>For a value where a map with free keys must stand.</summary>
    public static Advice ForEntries(BindingContext c, string field, SyntaxNode node)
    {
        string form = field switch
        {
            "upstreams" => "'NAME: http://127.0.0.1:3000' for each of them",
            "users" => "'NAME: HASH' for each of them, with the hash that 'htpasswd -nB NAME' prints",
            "lint" => "'CFG0301: off' for each of them",
            "tunnels" or "streams" => "'NAME: { ... }' for each of them",
            _ => "'NAME: value' for each of them",
        };
        string[]? pairs = node switch
        {
            ListSyntax list when list.Items.All(i => i is ScalarSyntax) =>
            [
                .. list.Items.OfType<ScalarSyntax>().Select(s => Pair(field, s.Value) ?? ""),
            ],
            ScalarSyntax { IsNull: false } scalar => [Pair(field, scalar.Value) ?? ""],
            _ => null,
        };
        return
            pairs is { Length: > 0 }
            && pairs.All(p => p.Length > 0)
            && EntryEdits.FlowText(c, node) is not null
            && node.Span.Line == node.Span.EndLine
            ? Advice.Replace(node.Span, $"{{ {string.Join(", ", pairs)} }}")
            : new Advice($"write {form}");
    }

    /// <summary>For a value where a single one must stand.</summary>
    public static Advice? ForScalar(BindingContext c, SyntaxNode node) =>
        node switch
        {
            ScalarSyntax { IsNull: true } => new Advice(NoValue),
            ListSyntax { Items: [ScalarSyntax { IsNull: false } only] }
                when node.Span.Line == node.Span.EndLine && EntryEdits.FlowText(c, only) is { } text => Advice.Replace(node.Span, text),
            ListSyntax => new Advice("one value is expected here, no list"),
            MapSyntax { Entries: [{ Value: ScalarSyntax { IsNull: false } only }] }
                when node.Span.Line == node.Span.EndLine && EntryEdits.FlowText(c, only) is { } text => Advice.Replace(node.Span, text),
            _ => null,
        };

    // Where the fields alone don't say what is meant.
    private static string? HintFor(string schema, SyntaxNode node) =>
        (schema, node) switch
        {
            ("upstream_tls", ScalarSyntax { Value: "true" or "on" or "yes" }) =>
                "write 'https://' in the servers' URLs instead: that is what turns TLS on",
            ("error_page", ScalarSyntax { IsNull: false } status) => $"write '{{ status: {status.Value}, body: \"...\" }}', or a 'file'",
            ("rewrite", ScalarSyntax { IsNull: false } path) when path.Value.StartsWith('/') =>
                $"write '{{ regex: ..., to: ... }}'; 'replace_prefix: {path.Value}' exchanges the prefix that 'path' matched",
            ("headers", ListSyntax { Items: [ScalarSyntax { IsNull: false } line, ..] }) when Pair("headers", line.Value) is { } pair =>
                $"write 'response: {{ set: {{ {pair} }} }}' for the client, or 'request: {{ set: {{ {pair} }} }}' for the upstream",
            _ => null,
        };

    // What a single text means for a map.
    private static string? FromText(string schema, string value)
    {
        string text = YamlScalar.Of(value);
        return schema switch
        {
            "rate_limit" => ValueSuggestions.Rate(value) is { } rate ? $"{{ rate: {rate} }}"
            : Model.Units.RequestRate.TryParse(value, out _, out _) ? $"{{ rate: {text} }}"
            : null,
            "cors" when value is "*" => "{ origins: \"*\" }",
            "cors" when value.Contains("://", StringComparison.Ordinal) => $"{{ origins: {text} }}",
            "timeouts" => ValueSuggestions.Duration(value) is { } time ? $"{{ read: {time} }}" : null,
            "limits" => Model.Units.Sizes.TryParse(value, out _, out _) ? $"{{ head: {text} }}"
            : ValueSuggestions.Size(value) is { } size ? $"{{ head: {size} }}"
            : null,
            "basic_auth" => Pair("users", value) is { } user ? $"{{ users: {{ {user} }} }}" : null,
            "forward_auth" when value.Contains("://", StringComparison.Ordinal) => $"{{ url: {text} }}",
            "forward_auth" when ValueSuggestions.Url(value.Split('/')[0]) is not null => $"{{ url: {YamlScalar.Of("http://" + value)} }}",
            "health" when Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" =>
                $"{{ active: {{ path: {YamlScalar.Of(url.PathAndQuery)} }} }}",
            "health" when value.StartsWith('/') => $"{{ active: {{ path: {text} }} }}",
            "health" when value is "true" or "on" => "{ passive: { max_fails: 3, fail_for: 10s } }",
            "health.active" when value.StartsWith('/') => $"{{ path: {text} }}",
            "health.passive" when value is "true" or "on" => "{ max_fails: 3, fail_for: 10s }",
            "keepalive" when value.All(char.IsAsciiDigit) => $"{{ idle: {text} }}",
            "keepalive" when ValueSuggestions.Duration(value) is { } idle => $"{{ timeout: {idle} }}",
            "discover" when value.StartsWith('_') => $"{{ srv: {text} }}",
            "rewrite" when value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var regex, var to, ..] and not [_, _, _, _, ..] =>
                $"{{ regex: {YamlScalar.Of(regex)}, to: {YamlScalar.Of(to)} }}",
            "match" when value.All(char.IsAsciiLetterUpper) => $"{{ method: {text} }}",
            "error_page" when value.StartsWith('/') => $"{{ file: {text} }}",
            "error_page" when value.Length == 3 && value.All(char.IsAsciiDigit) => null,
            "error_page" => $"{{ body: {text} }}",
            "expect" when value.Length == 3 && value.All(char.IsAsciiDigit) => $"{{ status: {text} }}",
            "log" when value.StartsWith('/') => $"{{ output: {text} }}",
            _ => null,
        };
    }

    private static string? Pair(string field, string value)
    {
        if (field == "lint")
        {
            return YamlScalar.Of(value) + ": off";
        }

        int colon = value.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? "" : value[..colon].Trim();
        string rest = colon < 0 ? "" : value[(colon + 1)..].Trim();
        return
            name.Length > 0
            && rest.Length > 0
            && !name.Contains(' ', StringComparison.Ordinal)
            && !rest.StartsWith("//", StringComparison.Ordinal)
            ? $"{YamlScalar.Of(name)}: {YamlScalar.Of(rest)}"
            : null;
    }
}
