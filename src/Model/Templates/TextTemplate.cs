using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Confgen.Model.Templates;

/// <summary>A text with placeholders.</summary>
/// <param name="Parts">The pieces: no two literals in a row, and none empty.</param>
public sealed record TextTemplate(ValueList<TemplatePart> Parts)
{
    /// <summary>Every placeholder with its name in the spec.</summary>
    public static readonly IReadOnlyList<(string Name, Placeholder Placeholder)> Names =
    [
        ("request_id", Placeholder.RequestId), ("client_ip", Placeholder.ClientIp), ("host", Placeholder.Host),
        ("scheme", Placeholder.Scheme), ("method", Placeholder.Method), ("path", Placeholder.Path), ("uri", Placeholder.Uri),
        ("query", Placeholder.Query), ("upstream_hostport", Placeholder.UpstreamHostPort),
    ];

    /// <summary>The text where there is no placeholder; else null.</summary>
    public string? AsLiteral => Parts.Count == 0 ? "" : Parts.Count == 1 ? Parts[0].Literal : null;

    /// <summary>Whether the placeholder occurs.</summary>
    public bool Uses(Placeholder placeholder) => Parts.Any(p => p.Literal is null && p.Placeholder == placeholder);

    /// <summary>A template without placeholders.</summary>
    public static TextTemplate Literal(string text) => new(text.Length == 0 ? [] : [new TemplatePart(text)]);

    /// <summary>The text with each placeholder replaced.</summary>
    public string Expand(Func<Placeholder, string> value)
    {
        if (AsLiteral is { } literal)
        {
            return literal;
        }

        var text = new StringBuilder();
        foreach (TemplatePart part in Parts)
        {
            text.Append(part.Literal ?? value(part.Placeholder));
        }

        return text.ToString();
    }

    /// <summary>Reads a template: <c>{name}</c> is a placeholder, <c>{{</c> and <c>}}</c> are braces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The template.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TextTemplate? value, out string? problem)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        value = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            if (c != '{')
            {
                literal.Append(c);
                continue;
            }

            int end = text.IndexOf('}', i);
            string name = end < 0 ? text[(i + 1)..] : text[(i + 1)..end];
            (string Name, Placeholder Placeholder) known = Names.FirstOrDefault(n => n.Name == name);
            if (end < 0 || known.Name is null)
            {
                problem = end < 0
                    ? "a '{' is never closed: write '{{' for a literal brace"
                    : $"there is no placeholder '{{{name}}}': it may be {string.Join(", ", Names.Select(n => "{" + n.Name + "}"))}; write '{{{{' for a literal brace";
                return false;
            }

            Flush();
            parts.Add(new TemplatePart(null, known.Placeholder));
            i = end;
        }

        Flush();
        value = new TextTemplate(parts.ToValueList());
        problem = null;
        return true;

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new TemplatePart(literal.ToString()));
                literal.Clear();
            }
        }
    }

    /// <summary>The template as it is written.</summary>
    public override string ToString() => string.Concat(Parts.Select(p => p.Literal is { } text
        ? text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)
        : "{" + Names.First(n => n.Placeholder == p.Placeholder).Name + "}"));
}
