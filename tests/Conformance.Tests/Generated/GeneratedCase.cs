using System.Text;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>A spec and requests, made up.</summary>
/// <param name="Trusted">The trusted proxies.</param>
/// <param name="Sites">The sites.</param>
/// <param name="Requests">The requests.</param>
internal sealed record GeneratedCase(
    IReadOnlyList<string> Trusted,
    IReadOnlyList<GeneratedSite> Sites,
    IReadOnlyList<GeneratedRequest> Requests
)
{
    /// <summary>The backends: as many as the language's routing needs to tell routes apart.</summary>
    public static IReadOnlyList<string> Backends { get; } = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8"];

    /// <summary>The one that refuses every connection.</summary>
    public const string Refusing = "REFUSED";

    /// <summary>Whether nothing is predicted but that the programs agree.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Those of them that the spec names.</summary>
    public IEnumerable<string> Named => Backends.Append(Refusing).Where(b => Spec.Contains($"${{{b}}}", StringComparison.Ordinal));

    /// <summary>The text of <c>spec.yaml</c>.</summary>
    public string Spec
    {
        get
        {
            var text = new StringBuilder();
            if (Trusted.Count > 0)
            {
                text.Append($"trusted_proxies: [{string.Join(", ", Trusted)}]\n");
            }

            text.Append("sites:\n");
            foreach (GeneratedSite site in Sites)
            {
                text.Append($"  - host: {Yaml.Quote(site.Host)}\n    listen: ${{HTTP}}\n");
                foreach (string extra in site.Extras)
                {
                    text.Append($"    {extra}\n");
                }

                text.Append("    routes:\n");
                foreach (GeneratedRoute route in site.Routes)
                {
                    text.Append($"      - {route.Matcher}\n        {route.Action}\n");
                    foreach (string extra in route.Extras)
                    {
                        text.Append($"        {extra}\n");
                    }
                }
            }

            return text.ToString();
        }
    }
}
