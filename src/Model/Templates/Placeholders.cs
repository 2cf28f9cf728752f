namespace Confgen.Model.Templates;

/// <summary>The placeholders with their names in the spec.</summary>
public static class Placeholders
{
    /// <summary>Every placeholder that is one word, in the order in which messages list them.</summary>
    public static readonly IReadOnlyList<(string Name, Placeholder Placeholder)> All =
    [
        ("request_id", Placeholder.RequestId),
        ("client_ip", Placeholder.ClientIp),
        ("host", Placeholder.Host),
        ("port", Placeholder.Port),
        ("scheme", Placeholder.Scheme),
        ("method", Placeholder.Method),
        ("path", Placeholder.Path),
        ("uri", Placeholder.Uri),
        ("query", Placeholder.Query),
        ("upstream_hostport", Placeholder.UpstreamHostPort),
    ];

    /// <summary>What the placeholders of a family start with; a name follows.</summary>
    public static readonly IReadOnlyList<(string Name, Placeholder Placeholder)> Families =
    [
        ("header.", Placeholder.Header),
        ("cookie.", Placeholder.Cookie),
        ("query.", Placeholder.QueryValue),
        ("path.", Placeholder.Group),
    ];

    /// <summary>What may be written, for messages.</summary>
    public static IEnumerable<string> Forms =>
        All.Select(p => "{" + p.Name + "}").Concat(Families.Select(family => "{" + family.Name + "NAME}"));

    /// <summary>The placeholder of that text, without braces; null where there is none.</summary>
    public static TemplatePart? Find(ReadOnlySpan<char> text)
    {
        foreach ((string known, Placeholder placeholder) in All)
        {
            if (text.SequenceEqual(known))
            {
                return new TemplatePart(null, placeholder);
            }
        }

        foreach ((string prefix, Placeholder placeholder) in Families)
        {
            if (text.StartsWith(prefix))
            {
                return new TemplatePart(null, placeholder, text[prefix.Length..].ToString());
            }
        }

        return null;
    }

    /// <summary>The placeholder's name in the spec, without braces; of a family what stands before the name.</summary>
    public static string NameOf(Placeholder placeholder) => All.Concat(Families).First(known => known.Placeholder == placeholder).Name;
}
