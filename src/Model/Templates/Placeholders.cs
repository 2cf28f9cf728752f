namespace Confgen.Model.Templates;

/// <summary>The placeholders with their names in the spec.</summary>
public static class Placeholders
{
    /// <summary>Every placeholder, in the order in which messages list them.</summary>
    public static readonly IReadOnlyList<(string Name, Placeholder Placeholder)> All =
    [
        ("request_id", Placeholder.RequestId),
        ("client_ip", Placeholder.ClientIp),
        ("host", Placeholder.Host),
        ("scheme", Placeholder.Scheme),
        ("method", Placeholder.Method),
        ("path", Placeholder.Path),
        ("uri", Placeholder.Uri),
        ("query", Placeholder.Query),
        ("upstream_hostport", Placeholder.UpstreamHostPort),
    ];

    /// <summary>The placeholder of that name, or null.</summary>
    public static Placeholder? Find(ReadOnlySpan<char> name)
    {
        foreach ((string known, Placeholder placeholder) in All)
        {
            if (name.SequenceEqual(known))
            {
                return placeholder;
            }
        }

        return null;
    }

    /// <summary>The placeholder's name in the spec, without braces.</summary>
    public static string NameOf(Placeholder placeholder) => All[(int)placeholder].Name;
}
