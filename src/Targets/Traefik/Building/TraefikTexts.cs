using Confgen.Compiler.Rendering;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Texts of the spec with placeholders: Traefik has none but in redirects.</summary>
internal sealed class TraefikTexts(RenderContext context)
{
    /// <summary>What a redirect's URL is, in groups: scheme, host, port, path, query with its mark, query.</summary>
    public const string Url = @"^(https?)://(\[[^\]]*\]|[^/?#:]*)(:[0-9]+)?(/[^?]*)?(\?(.*))?$";

    /// <summary>A text that holds for every request; what depends on one is reported.</summary>
    /// <param name="template">The text.</param>
    /// <param name="at">Where the spec says it.</param>
    /// <param name="server">The host and port of the only server, or null.</param>
    public string Fixed(TextTemplate template, SourceSpan at, string? server = null) =>
        template.Expand(part =>
        {
            if (part.Placeholder == Placeholder.UpstreamHostPort && server is not null)
            {
                return server;
            }

            context.ReportNotExpressible(
                at,
                $"{part.Written}, since fields have one value for every request",
                "write the value, or let the upstream set the field"
            );
            return "";
        });

    /// <summary>The replacement of a redirect's URL.</summary>
    public string Location(TextTemplate template, SourceSpan at) =>
        string.Concat(
            template.Parts.Select(part =>
                part.Literal?.Replace("$", "$$", StringComparison.Ordinal)
                ?? part.Placeholder switch
                {
                    Placeholder.Scheme => "${1}",
                    Placeholder.Host => "${2}",
                    Placeholder.Uri => "${4}${5}",
                    Placeholder.Query => "${6}",
                    _ => Refused(part, at),
                }
            )
        );

    private string Refused(TemplatePart part, SourceSpan at)
    {
        context.ReportNotExpressible(
            at,
            $"{part.Written} in a Location",
            "Traefik's redirects know {scheme}, {host}, {uri} and {query}; write the rest out"
        );
        return "";
    }
}
