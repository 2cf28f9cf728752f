using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>spec</c>, the root.</summary>
public static class SpecFields
{
    public static readonly WordField<int> Version = new("version", "The version of the language.", 1, [("1", 1)]);

    public static readonly Field Include = new(
        "include",
        new TypeSchema.ListOf(new TypeSchema.AnyOf(TypeSchema.Path, new TypeSchema.Fields(() => IncludeFields.Schema)), AllowSingle: true),
        "Further files, from this file's folder; `*` is a wildcard. They are read as one spec. A map fences its files in."
    )
    {
        Example = "[sites/*.yaml]",
    };

    public static readonly Field Defaults = new(
        "defaults",
        new TypeSchema.Fields(() => DefaultsFields.Schema),
        "What holds for every site and route that doesn't say otherwise."
    );

    public static readonly Field Fragments = new(
        "fragments",
        new TypeSchema.MapOf("name", new TypeSchema.Part(() => SiteFields.Schema, () => RouteFields.Schema, () => UpstreamFields.Schema)),
        "Fields that several sites, routes or upstreams share, by a name; `use` takes them. They reach across included files."
    )
    {
        Example = "{ private: { allow: [10.0.0.0/8] } }",
    };

    public static readonly Field TrustedProxies = new(
        "trusted_proxies",
        new TypeSchema.ListOf(TypeSchema.CidrOrUnix, AllowSingle: true),
        "Peers whose `X-Forwarded-*` fields are believed; everyone else's are replaced. `unix` stands for all peers on unix sockets."
    )
    {
        Default = "[]",
        Example = "[10.0.0.0/8]",
    };

    public static readonly Field Acme = new(
        "acme",
        new TypeSchema.Fields(() => AcmeFields.Schema),
        "Where the certificates of `tls: auto` come from."
    )
    {
        Default = "Let's Encrypt",
        Example = "{ email: ops@example.com }",
    };

    public static readonly Field Upstreams = new(
        "upstreams",
        new TypeSchema.MapOf("name", new TypeSchema.AnyOf(new TypeSchema.Fields(() => UpstreamFields.Schema), TypeSchema.ServerUrl)),
        "The upstreams by name; a URL alone will do."
    );

    public static readonly Field Sites = new("sites", new TypeSchema.ListOf(new TypeSchema.Fields(() => SiteFields.Schema)), "The sites.");

    public static readonly Field Tunnels = new(
        "tunnels",
        new TypeSchema.MapOf("name", new TypeSchema.Fields(() => TunnelFields.Schema)),
        "Reverse tunnels by name."
    );

    public static readonly Field Streams = new(
        "streams",
        new TypeSchema.MapOf("name", new TypeSchema.Fields(() => StreamFields.Schema)),
        "Ports whose connections are passed on as they are, by name: TCP, and TLS by the name in its handshake."
    );

    /// <summary>What only one program needs. Which programs there are is known to the compiler's host alone.</summary>
    public static readonly Field Targets = new("targets", new TypeSchema.MapOf("target", TypeSchema.Text), "What only one program needs.");

    public static readonly Field Raw = new(
        "raw",
        new TypeSchema.Fields(() => RawFields.Schema),
        "Lines for single programs, beside all sites: in nginx's `http`, among Caddy's global options."
    );

    public static readonly Field Lint = new(
        "lint",
        new TypeSchema.MapOf("rule", new TypeSchema.Choice("off", "info", "warning", "error")),
        "Severities of lint rules, by code or name."
    )
    {
        Example = "{ CFG0301: off }",
    };

    public static readonly Field Tests = new(
        "tests",
        new TypeSchema.ListOf(new TypeSchema.Fields(() => TestFields.Schema)),
        "What is expected of single requests."
    );

    private static readonly ObjectSchema _withoutTargets = new(
        "spec",
        "The root of a spec.",
        Version,
        Include,
        Defaults,
        Fragments,
        TrustedProxies,
        Acme,
        Upstreams,
        Sites,
        Tunnels,
        Streams,
        Targets,
        Raw,
        Lint,
        Tests
    );

    /// <summary>The root map.</summary>
    /// <param name="targets">The settings of each target.</param>
    public static ObjectSchema Schema(ObjectSchema targets) =>
        new(
            _withoutTargets.Name,
            _withoutTargets.Doc,
            [.. _withoutTargets.Fields.Select(f => f == Targets ? new Field(f.Name, new TypeSchema.Fields(() => targets), f.Doc) : f)]
        );
}
