using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Targets.Traefik;

/// <summary>What a spec says under <c>targets.traefik</c>.</summary>
internal sealed record TraefikSettings
{
    private const string DefaultFolder = "/etc/traefik";
    private const string DefaultContainer = "traefik";
    private const string Labels = "labels";

    public static readonly ObjectSchema Schema = new(
        "targets.traefik",
        "What only Traefik needs.",
        new("version", TypeSchema.Text, "The release that reads the output, as `\"3.6\"`, which means its first one, or `\"3.6.7\"`.")
        {
            Default = "\"3.4.1\"",
            Example = "\"3.6\"",
        },
        new("output", new TypeSchema.Choice("files", "labels"), "What is written: files, or labels for the services of a compose file.")
        {
            Default = "files",
            Example = Labels,
        },
        new("container", TypeSchema.Text, "Traefik's own service in the compose file, for `output: labels`.")
        {
            Default = DefaultContainer,
            Example = "proxy",
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

    /// <summary>Whether labels are written instead of files.</summary>
    public bool WritesLabels { get; init; }

    /// <summary>Traefik's own service in the compose file.</summary>
    public required string Container { get; init; }

    /// <summary>Where the files lie, without a slash at the end.</summary>
    public required string Folder { get; init; }

    /// <summary>Whom the authority writes to; null for nobody.</summary>
    public string? Email { get; init; }

    /// <summary>Reads what the spec says.</summary>
    public static TraefikSettings Of(RenderContext context) =>
        new()
        {
            Folder = (context.Settings.Text("folder") ?? DefaultFolder).TrimEnd('/'),
            WritesLabels = context.Settings.Text("output") == Labels,
            Container = context.Settings.Text("container") ?? DefaultContainer,
            Email = context.Settings.Text("email"),
        };
}
