using System.Globalization;
using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding;

/// <summary>Reads single values; a value that is none is reported, and null returned.</summary>
internal static class ScalarReader
{
    public static readonly Rule BadDuration = new("CFG0110", "bad-duration", Severity.Error, "Invalid duration")
    {
        Why =
            "A duration is a number with a unit: `500ms`, `30s`, `5m`, `1h`, `1d`, `1y`. A bare number is refused, because programs "
            + "disagree on its unit.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    timeouts: { read: 60 }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    timeouts: { read: 60s }\n",
    };

    public static readonly Rule BadSize = new("CFG0111", "bad-size", Severity.Error, "Invalid size")
    {
        Why = "A size is a number of bytes with a unit: `MB` is a million bytes, `MiB` is 1,048,576; so `kB`, `KiB`, `GB`, `GiB`.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    max_body: lots\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    max_body: 50MB\n",
    };

    public static ScalarSyntax? Scalar(BindingContext c, SyntaxNode node, string expected)
    {
        if (node is ScalarSyntax { IsUnresolved: true })
        {
            return null;
        }

        if (node is ScalarSyntax { IsNull: false } scalar)
        {
            return scalar;
        }

        c.Diagnostics.Report(ValueRules.WrongType, node.Span, $"expected {expected}, found {node.Kind}", WrongShapes.ForScalar(c, node));
        return null;
    }

    public static string? Text(BindingContext c, SyntaxNode node, string expected = "a text") => Scalar(c, node, expected)?.Value;

    public static bool? Boolean(BindingContext c, SyntaxNode node, Func<string, string?>? suggest = null)
    {
        switch (Scalar(c, node, "true or false")?.Value)
        {
            case null:
                return null;
            case "true" or "yes" or "on":
                return true;
            case "false" or "no" or "off":
                return false;
            case var other:
                c.Diagnostics.Report(
                    ValueRules.WrongType,
                    node.Span,
                    $"expected true or false, found '{other}'",
                    Suggest(node, ValueSuggestions.Boolean(other) ?? suggest?.Invoke(other))
                );
                return null;
        }
    }

    public static int? Integer(BindingContext c, SyntaxNode node, int min, int max)
    {
        if (Scalar(c, node, "a whole number") is not { } scalar)
        {
            return null;
        }

        if (!long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            c.Diagnostics.Report(ValueRules.WrongType, node.Span, $"expected a whole number, found {scalar.Kind}");
            return null;
        }

        if (value < min || value > max)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                string.Create(null, $"{value} is out of range"),
                string.Create(null, $"it may be {min} to {max}")
            );
            return null;
        }

        return (int)value;
    }

    public static TimeSpan? Duration(BindingContext c, SyntaxNode node, TimeSpan min, bool isLong = false)
    {
        if (Scalar(c, node, "a duration as 30s") is not { } scalar)
        {
            return null;
        }

        if (!Durations.TryParse(scalar.Value, out TimeSpan value, out string? problem))
        {
            // Some programs count waits in milliseconds.
            if (!isLong && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 500)
            {
                var either = new Advice($"write '{number}ms' or '{number}s'");
                c.Diagnostics.Report(BadDuration, node.Span, $"'{scalar.Value}' has no unit", either);
                return null;
            }

            Refuse(c, BadDuration, node.Span, problem, ValueSuggestions.Duration(scalar.Value));
            return null;
        }

        if (value < min)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                $"{scalar.Value} is too short",
                $"it may be {Durations.Format(min)} or longer"
            );
            return null;
        }

        return value;
    }

    public static long? Size(BindingContext c, SyntaxNode node, long min)
    {
        if (Scalar(c, node, "a size as 50MB") is not { } scalar)
        {
            return null;
        }

        if (!Sizes.TryParse(scalar.Value, out long value, out string? problem))
        {
            Refuse(c, BadSize, node.Span, problem, ValueSuggestions.Size(scalar.Value));
            return null;
        }

        if (value < min)
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"{scalar.Value} is too small", $"it may be {Sizes.Format(min)} or more");
            return null;
        }

        return value;
    }

    /// <summary>One of several words.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="node">The value.</param>
    /// <param name="words">The words.</param>
    /// <param name="suggest">What is meant by a word of another program, as YAML; null where it is unknown.</param>
    public static T? Word<T>(
        BindingContext c,
        SyntaxNode node,
        IReadOnlyList<(string Word, T Value)> words,
        Func<string, string?>? suggest = null
    )
        where T : struct
    {
        string list = string.Join(", ", words.Select(w => w.Word));
        if (Scalar(c, node, "one of " + list) is not { } scalar)
        {
            return null;
        }

        foreach ((string word, T value) in words)
        {
            if (word == scalar.Value)
            {
                return value;
            }
        }

        string? known =
            suggest?.Invoke(scalar.Value) ?? (scalar.Value is "false" or "no" && words.Any(w => w.Word == "off") ? "off" : null);
        string[] near = known is null ? [.. Spelling.AllNearest(scalar.Value, words.Select(w => w.Word))] : [];
        Advice? advice =
            known is not null ? Advice.Replace(node.Span, known)
            : near is [var only] ? Advice.Replace(node.Span, only, $"did you mean '{only}'?")
            : new Advice($"expected one of {list}");
        c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"invalid value '{scalar.Value}'", advice);
        return null;
    }

    /// <summary>Reports that a value is wrong in a way that its type says; what follows its "write" is the way out.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="span">The value's place.</param>
    /// <param name="problem">What is wrong, perhaps with the way out behind a colon.</param>
    /// <param name="meant">The value that was probably meant, or null.</param>
    public static void Refuse(BindingContext c, Rule rule, SourceSpan span, string? problem, string? meant = null)
    {
        string text = problem ?? rule.Title;
        int colon = text.LastIndexOf(": ", StringComparison.Ordinal);
        (string message, string? hint) = colon > 0 ? (text[..colon], text[(colon + 2)..]) : (text, null);
        c.Diagnostics.Report(rule, span, message, meant is not null ? Advice.Replace(span, YamlScalar.Of(meant)) : Advice.Of(hint));
    }

    private static Advice? Suggest(SyntaxNode node, string? meant) => meant is null ? null : Advice.Replace(node.Span, meant);
}
