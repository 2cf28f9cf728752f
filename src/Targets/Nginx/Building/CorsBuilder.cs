using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Sources;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Cross-origin resource sharing: variables that are empty where a header is not to be sent, because nginx leaves out empty headers.
/// </summary>
internal sealed class CorsBuilder(NginxBuild build)
{
    private const string Nothing = "\"\"";

    /// <summary>
    /// Adds the headers of responses and of preflights; the upstream's own are dropped, because they would stand beside the spec's.
    /// </summary>
    public void Apply(Cors cors, ResponseHeaders headers)
    {
        foreach (string name in Cors.ResponseHeaders)
        {
            headers.Hide(name);
        }

        string? origin = cors.AnyOrigin ? null : Origin(cors);
        headers.Set("Access-Control-Allow-Origin", origin is null ? "*" : "$" + origin);
        if (origin is not null)
        {
            headers.Add("Vary", "Origin");
        }

        if (cors.Credentials && origin is not null)
        {
            headers.Set("Access-Control-Allow-Credentials", "$" + Where("cors_credentials", "$" + origin, "~.", "true"));
        }

        string when = origin is null ? "$" + SharedVariables.Preflight : $"\"${SharedVariables.Preflight} ${origin}\"";
        string key = origin is null ? "1" : "\"~^1 .\"";
        headers.Set(
            "Access-Control-Allow-Methods",
            "$" + Where("cors_methods", when, key, List(cors.Methods, cors.At.Of(CorsFields.Methods)))
        );
        if (cors.Headers.Count > 0)
        {
            headers.Set(
                "Access-Control-Allow-Headers",
                "$" + Where("cors_headers", when, key, List(cors.Headers, cors.At.Of(CorsFields.Headers)))
            );
        }

        if (cors.MaxAge is { } age)
        {
            headers.Set(
                "Access-Control-Max-Age",
                "$" + Where("cors_max_age", when, key, ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            );
        }

        if (cors.ExposeHeaders.Count > 0)
        {
            headers.Set(
                "Access-Control-Expose-Headers",
                "$"
                    + Where(
                        "cors_exposed",
                        when,
                        origin is null ? Nothing : "\"~^ .\"",
                        List(cors.ExposeHeaders, cors.At.Of(CorsFields.ExposeHeaders))
                    )
            );
        }
    }

    private string Origin(Cors cors) =>
        build.Map(
            "cors_origin",
            new MapView
            {
                Purpose = "cors_origin",
                Source = "$http_origin",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", Nothing),
                    .. cors.Origins.Select(origin => new MapLineView(
                        build.Use(NginxQuoting.ExactMapKey(origin), cors.At.Of(CorsFields.Origins)),
                        "$http_origin"
                    )),
                ],
            }
        );

    private string Where(string hint, string source, string key, string value) =>
        build.Map(
            hint,
            new MapView
            {
                Source = source,
                Variable = "",
                Lines = [new MapLineView("default", Nothing), new MapLineView(key, value)],
            }
        );

    private string List(IEnumerable<string> words, SourceSpan at) => build.Use(NginxQuoting.HeaderValue(string.Join(", ", words)), at);
}
