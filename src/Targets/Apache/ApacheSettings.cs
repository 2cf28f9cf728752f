using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache;

/// <summary>What a spec says under <c>targets.apache</c>.</summary>
internal sealed record ApacheSettings
{
    /// <summary>Debian's folder of modules.</summary>
    public const string DefaultModules = "/usr/lib/apache2/modules";

    /// <summary>Debian's and its descendants' file of the authorities that the system trusts.</summary>
    public const string DefaultTrusted = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Debian's user.</summary>
    public const string DefaultUser = "www-data";

    public static readonly ObjectSchema Schema = new(
        "targets.apache",
        "What only Apache httpd needs.",
        new Field("version", TypeSchema.Text, "The release that reads the output: syntax and behaviour differ.")
        {
            Default = "\"2.4.62\"",
            Example = "\"2.4.71\"",
        },
        new Field("modules", TypeSchema.Path, "The folder of the modules that the output loads.") { Default = DefaultModules },
        new Field("user", TypeSchema.Text, "The user, and the group, that requests are handled as where httpd is started by root.")
        {
            Default = DefaultUser,
        },
        new Field(
            "trusted_certificates",
            TypeSchema.Path,
            "The PEM file with the authorities that the system trusts; httpd knows none by itself."
        )
        {
            Default = DefaultTrusted,
        }
    );

    /// <summary>The folder of the modules.</summary>
    public required string Modules { get; init; }

    /// <summary>The user and the group.</summary>
    public required string User { get; init; }

    /// <summary>The file with the authorities that the system trusts.</summary>
    public required string Trusted { get; init; }

    /// <summary>What is written, and what holds otherwise.</summary>
    public static ApacheSettings Of(TargetSettings written) =>
        new()
        {
            Modules = written.Text("modules") ?? DefaultModules,
            User = written.Text("user") ?? DefaultUser,
            Trusted = written.Text("trusted_certificates") ?? DefaultTrusted,
        };

    /// <summary>Reports what can't be one of these settings.</summary>
    public static void Check(RenderContext context)
    {
        foreach (string name in (string[])["modules", "trusted_certificates"])
        {
            if (context.Settings.Text(name) is { } text && ApacheQuoting.Refusal(text) is { } refusal)
            {
                context.ReportNotExpressible(context.Settings.At.Of(name), refusal);
            }
        }

        if (context.Settings.Text("user") is { } user && !user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            context.ReportNotExpressible(context.Settings.At.Of("user"), $"invalid user name '{user}'");
        }
    }
}
