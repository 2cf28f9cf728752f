using System.Globalization;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.PyServe.Syntax;

/// <summary>Checks a configuration by the keys that PyServe reads and the kinds of values that it can use.</summary>
internal static class PyServeGrammar
{
    /// <summary>Everything that is wrong with a file's text.</summary>
    public static IReadOnlyList<PyServeFinding> Check(string file, string text)
    {
        var diagnostics = new DiagnosticBag();
        SyntaxNode? root = YamlText.Read(new SourceText(file, text), diagnostics);
        return diagnostics.Items.Count > 0
                ? [.. diagnostics.Items.Select(d => new PyServeFinding(PyServeFault.NotYaml, d.Span, d.Message, d.Hint))]
            : root is null ? [new PyServeFinding(PyServeFault.Missing, new SourceSpan(file, 1, 1, 1, 2), "the file is empty")]
            : Check(root);
    }

    /// <summary>Everything that is wrong with a configuration.</summary>
    public static IReadOnlyList<PyServeFinding> Check(SyntaxNode root)
    {
        var findings = new List<PyServeFinding>();
        Check(root, new TypeSchema.Fields(() => PyServeKeys.Root), "config.yaml", findings);
        foreach (MapSyntax extension in ((root as MapSyntax)?.Find("extensions") as ListSyntax)?.Items.OfType<MapSyntax>() ?? [])
        {
            if (extension.Find("type") is ScalarSyntax { Value: "routing" } && extension.Find("config") is { } config)
            {
                Check(config, new TypeSchema.Fields(() => PyServeKeys.Routing), "config", findings);
            }
        }

        return findings;
    }

    private static void Check(SyntaxNode node, TypeSchema type, string name, List<PyServeFinding> findings)
    {
        string? expected = type switch
        {
            _ when type == PyServeKeys.Anything => null,
            TypeSchema.Fields fields => CheckFields(node, fields.Schema(), findings),
            TypeSchema.ListOf list => CheckList(node, list, name, findings),
            TypeSchema.MapOf map => CheckMap(node, map, name, findings),
            TypeSchema.Choice words => IsOneOf(node, words) ? null : "one of " + string.Join(", ", words.Words),
            _ when type == PyServeKeys.Port => Integer(node) is >= 1 and <= 65535 ? null : "a port, 1 to 65535 without quotes",
            _ when type == TypeSchema.Integer => Integer(node) is not null ? null : "a whole number without quotes",
            _ when type == TypeSchema.Boolean => Kind(node) == Yaml11Kind.Boolean ? null : "true or false, without quotes",
            _ => Kind(node) == Yaml11Kind.Text ? null : "a text",
        };
        if (expected is not null)
        {
            // PyServe's words are in upper case; which one is meant is clear in any.
            bool clear =
                type is TypeSchema.Choice choice
                && node is ScalarSyntax scalar
                && choice.Words.Contains(scalar.Value, StringComparer.OrdinalIgnoreCase);
            findings.Add(
                new PyServeFinding(
                    clear ? PyServeFault.DoesNotStart : PyServeFault.BadValue,
                    node.Span,
                    $"'{name}' is {expected}; this is {node.Kind}",
                    Hint(node, type)
                )
            );
        }
    }

    private static string? CheckFields(SyntaxNode node, ObjectSchema schema, List<PyServeFinding> findings)
    {
        if (node is not MapSyntax map)
        {
            return "a map";
        }

        foreach (EntrySyntax entry in map.Entries)
        {
            string key = entry.Key.Value;
            if (schema.Find(key) is { } field)
            {
                Check(entry.Value, field.Type, key, findings);
                continue;
            }

            IEnumerable<string> known = schema.Fields.Select(f => f.Name);
            string hint = Spelling.DidYouMean(key, known) ?? "it may have: " + string.Join(", ", known);
            findings.Add(new PyServeFinding(PyServeFault.UnknownKey, entry.Key.Span, $"unknown key '{key}': PyServe ignores it", hint));
        }

        foreach (Field field in schema.Fields.Where(f => f.Required && map.Find(f.Name) is null))
        {
            string? add = field.Example is { } example ? $"add '{field.Name}: {example}'" : $"add '{field.Name}:'";
            PyServeFault fault = field.Default is null ? PyServeFault.Missing : PyServeFault.DoesNotStart;
            findings.Add(new PyServeFinding(fault, map.Span, $"'{field.Name}' is missing in '{schema.Name}'", add));
        }

        return null;
    }

    private static string? CheckList(SyntaxNode node, TypeSchema.ListOf type, string name, List<PyServeFinding> findings)
    {
        foreach (SyntaxNode item in (node as ListSyntax)?.Items ?? [])
        {
            Check(item, type.Element, name, findings);
        }

        return node is ListSyntax ? null : "a list";
    }

    private static string? CheckMap(SyntaxNode node, TypeSchema.MapOf type, string name, List<PyServeFinding> findings)
    {
        // Of a redirect's entry PyServe takes every pair, its validator allows one.
        bool pair = type.Key == "path";
        foreach (EntrySyntax entry in (node as MapSyntax)?.Entries ?? [])
        {
            Check(entry.Value, type.Value, entry.Key.Value, findings);
        }

        return node is MapSyntax map && (!pair || map.Entries.Count == 1) ? null
            : pair ? "a list of maps with one pair each, as '- /old: /new'"
            : "a map";
    }

    private static bool IsOneOf(SyntaxNode node, TypeSchema.Choice choice) =>
        node is ScalarSyntax scalar && choice.Words.Contains(scalar.Value);

    private static long? Integer(SyntaxNode node) =>
        Kind(node) == Yaml11Kind.Integer
        && node is ScalarSyntax { Value: var text }
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        && text is not ['0', _, ..]
            ? value
            : null;

    private static Yaml11Kind? Kind(SyntaxNode node) =>
        node is not ScalarSyntax scalar ? null
        : scalar.IsQuoted ? Yaml11Kind.Text
        : Yaml11.KindOf(scalar.Value);

    private static string? Hint(SyntaxNode node, TypeSchema type) =>
        (node, type) switch
        {
            (ScalarSyntax { IsNull: true }, TypeSchema.ListOf) => "an empty list is written '[]'; or leave the key out",
            (ScalarSyntax scalar, TypeSchema.Choice choice) => choice.Words.FirstOrDefault(w =>
                w.Equals(scalar.Value, StringComparison.OrdinalIgnoreCase)
            )
                is { } word
                ? $"write '{word}'"
                : Spelling.DidYouMean(scalar.Value, choice.Words),
            (ScalarSyntax { IsNull: false, IsQuoted: false } scalar, TypeSchema.Scalar) when type == TypeSchema.Text =>
                $"write \"{scalar.Value}\"",
            _ => null,
        };
}
