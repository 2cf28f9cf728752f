using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Rendering;

/// <summary>The rules about what a target can't do.</summary>
public static class CapabilityRules
{
    /// <summary>The target can't do what the field says.</summary>
    public static readonly Rule Unsupported = new(
        "CFG0400",
        "target-unsupported",
        Severity.Error,
        "The target can't do what the field says"
    )
    {
        Why =
            "Nothing is dropped silently: what a target can't honour is an error for this target, with the nearest thing that it can do. "
            + "Build for another target, or change the spec.",
        Bad =
            "upstreams:\n  app:\n    servers: [\"http://127.0.0.1:3000\"]\n    health: { active: { path: /healthz } }\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
        Good = "upstreams:\n  app:\n    servers: [\"http://127.0.0.1:3000\"]\nsites:\n  - { host: a.example.com, proxy: app }\n",
        Target = "nginx",
    };

    /// <summary>The target does what the field says, with a difference.</summary>
    public static readonly Rule Approximate = new(
        "CFG0401",
        "target-approximate",
        Severity.Warning,
        "The target does what the field says, with a difference"
    )
    {
        Why =
            "The output does nearly what the contract says; the message says what differs. Accept it with a silencing comment on the "
            + "line, or build for another target.",
        Bad =
            "upstreams:\n  app:\n    servers: [\"http://127.0.0.1:3000\"]\n    buffers: { read: 1MB }\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
        Good = "upstreams:\n  app:\n    servers: [\"http://127.0.0.1:3000\"]\nsites:\n  - { host: a.example.com, proxy: app }\n",
        Target = "nginx",
    };

    /// <summary>Releases of the target break the contract whatever the spec says.</summary>
    public static readonly Rule ProgramDiffers = new(
        "CFG0402",
        "program-differs",
        Severity.Info,
        "Releases of the target break the contract whatever the spec says"
    )
    {
        Why =
            "No configuration can correct what is listed here; only a later release of the program can. It is a warning where data can be "
            + "lost. State the release you run under `targets.NAME.version`.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "targets: { caddy: { version: \"2.11.4\" } }\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Target = "caddy",
    };

    /// <summary>A version that the target is not rendered for.</summary>
    public static readonly Rule UnknownVersion = new(
        "CFG0403",
        "unknown-version",
        Severity.Error,
        "A version that the target is not rendered for"
    )
    {
        Why = "Syntax and behaviour differ between releases, so the compiler must know the one that will read its output.",
        Bad = "targets: { nginx: { version: \"0.7\" } }\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "targets: { nginx: { version: \"1.22\" } }\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Target = "nginx",
    };

    /// <summary>A template gave a file that the target would not read.</summary>
    public static readonly Rule BadOutput = new(
        "CFG0404",
        "bad-output",
        Severity.Error,
        "A template gave a file that the target would not read"
    )
    {
        Why =
            "Every rendered file is parsed and checked before it is written. With the built-in templates this is a bug of confgen; with "
            + "`--templates` it is one of the template named in the message.",
        Bad = "sites:\n  - { host: mine.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["templates/nginx/return.scriban"] = "retrun {{ status }};\n" },
        Target = "nginx",
    };

    /// <summary>A value that can't be written safely in the target's language.</summary>
    public static readonly Rule NotExpressible = new(
        "CFG0405",
        "not-expressible",
        Severity.Error,
        "A value that can't be written safely in the target's language"
    )
    {
        Why = "Each program has values that its configuration can't carry as they are. They are refused rather than changed.",
        Bad =
            "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\", \"http://127.0.0.1:3001\"] }\nsites:\n  - host: a.example.com\n"
            + "    proxy: app\n    headers: { request: { set: { X-Server: \"{upstream_hostport}\" } } }\n",
        Good =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { request: { set: { X-Server: \"{upstream_hostport}\" } } }\n",
        Target = "nginx",
    };
}
