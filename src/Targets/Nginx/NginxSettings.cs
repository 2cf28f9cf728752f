using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Units;

namespace Confgen.Targets.Nginx;

/// <summary>What a spec says under <c>targets.nginx</c>.</summary>
internal sealed record NginxSettings
{
    /// <summary>Debian's and its descendants' file of the authorities that the system trusts.</summary>
    public const string DefaultTrusted = "/etc/ssl/certs/ca-certificates.crt";

    public static readonly ObjectSchema Schema = new(
        "targets.nginx",
        "What only nginx needs.",
        new("version", TypeSchema.Text, "The release that will read the output, as `1.22`, which means its first release, or `1.22.1`.")
        {
            Default = "1.22",
            Example = "\"1.24\"",
        },
        new(
            "resolver",
            new TypeSchema.ListOf(TypeSchema.Text, AllowSingle: true),
            "DNS servers. With them, names of upstreams are resolved while nginx runs; without, once at its start."
        )
        {
            Example = "[127.0.0.53]",
        },
        new(
            "trusted_certificates",
            TypeSchema.Path,
            "The PEM file with the authorities that the system trusts; nginx knows none by itself."
        )
        {
            Default = DefaultTrusted,
        },
        new(
            "user",
            TypeSchema.Text,
            "The user that nginx's workers run as, in a complete configuration; the one that nginx was built with unless written."
        )
        {
            Example = "www-data",
        },
        new(
            "modules",
            new TypeSchema.ListOf(new TypeSchema.Choice("stream", "brotli", "zstd", "headers_more"), AllowSingle: true),
            "Modules that this nginx has as files: `brotli` and `zstd` for `compress`, `headers_more` for the Server header, and `stream` "
                + "for `streams` where it isn't built in, as Debian's. A complete configuration loads them."
        )
        {
            Example = "[brotli]",
        }
    );

    /// <summary>DNS servers.</summary>
    public ValueList<string> Resolver { get; init; } = [];

    /// <summary>The file with the authorities that the system trusts.</summary>
    public string Trusted { get; init; } = DefaultTrusted;

    /// <summary>The workers' user; null for nginx's own.</summary>
    public string? User { get; init; }

    /// <summary>Modules that nginx doesn't ship.</summary>
    public ValueList<string> Modules { get; init; } = [];

    public bool HasStream => Modules.Contains("stream");

    public bool HasBrotli => Modules.Contains("brotli");

    public bool HasZstd => Modules.Contains("zstd");

    public bool HasHeadersMore => Modules.Contains("headers_more");

    public static NginxSettings Of(TargetSettings written) =>
        new()
        {
            Resolver = written.List("resolver"),
            Trusted = written.Text("trusted_certificates") ?? DefaultTrusted,
            User = written.Text("user"),
            Modules = written.List("modules"),
        };

    /// <summary>Reports what can't be one of these settings.</summary>
    public static void Check(RenderContext context)
    {
        foreach (string server in context.Settings.List("resolver"))
        {
            if (
                !ServerAddress.TryParse("http://" + server, out ServerAddress? address, out _)
                || !(address.IsAddress || address.Host.Length > 0)
            )
            {
                context.ReportNotExpressible(
                    context.Settings.At.Of("resolver"),
                    $"invalid address of a DNS server '{server}'",
                    "as 127.0.0.53, 127.0.0.53:5353 or [::1]"
                );
            }
        }

        foreach (string module in context.Settings.List("modules"))
        {
            if (module is not ("stream" or "brotli" or "zstd" or "headers_more"))
            {
                context.ReportNotExpressible(
                    context.Settings.At.Of("modules"),
                    $"unknown module '{module}'",
                    "it may be stream, brotli, zstd or headers_more"
                );
            }
        }

        if (context.Settings.Text("user") is { } user && !user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            context.ReportNotExpressible(context.Settings.At.Of("user"), $"invalid user name '{user}'");
        }
    }
}
