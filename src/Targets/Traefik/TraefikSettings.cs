using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Targets.Traefik;

/// <summary>What a spec says under <c>targets.traefik</c>.</summary>
internal sealed record TraefikSettings
{
    private const string DefaultFolder = "/etc/traefik";

    public static readonly ObjectSchema Schema = new(
        "targets.traefik",
        "What only Traefik needs.",
        new("version", TypeSchema.Text, "The release that reads the output, as `\"3.6\"`, which means its first one, or `\"3.6.7\"`.")
        {
            Default = "\"3.4.1\"",
            Example = "\"3.6\"",
        },
        new("folder", TypeSchema.Path, "Where the files lie when Traefik reads them: the static one names the dynamic one.")
        {
            Default = DefaultFolder,
            Example = "/srv/traefik",
        },
        new("email", TypeSchema.Text, "The account at the certificate authority, which warns it before certificates run out.")
        {
            Example = "ops@example.com",
        }
    );

    /// <summary>Where the files lie, without a slash at the end.</summary>
    public required string Folder { get; init; }

    /// <summary>Whom the authority writes to; null for nobody.</summary>
    public string? Email { get; init; }

    /// <summary>Reads what the spec says.</summary>
    public static TraefikSettings Of(RenderContext context) =>
        new() { Folder = (context.Settings.Text("folder") ?? DefaultFolder).TrimEnd('/'), Email = context.Settings.Text("email") };
}
