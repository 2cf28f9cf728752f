using Confgen.Compiler.Schema;

namespace Confgen.Targets.PyServe.Syntax;

/// <summary>
/// The keys of <c>config.yaml</c> in PyServe 0.4.1 to 0.5.0. Required is what a start needs; where it has a default,
/// that is one of the documentation's which the code doesn't use.
/// </summary>
internal static class PyServeKeys
{
    public static readonly TypeSchema Port = new TypeSchema.Scalar("port");

    /// <summary>Any value: what PyServe's extensions read by themselves.</summary>
    public static readonly TypeSchema Anything = new TypeSchema.Scalar("anything");

    public static readonly ObjectSchema Rule = new(
        "reverse_proxy",
        "A rule: paths that start with `path` go to the host, without it.",
        new("path", TypeSchema.Text, "The prefix, as plain text.") { Required = true, Example = "/api" },
        new("host", TypeSchema.Text, "The server.") { Required = true, Example = "127.0.0.1" },
        new("port", Port, "Its port.") { Required = true, Example = "3000" },
        new("ssl", TypeSchema.Boolean, "Whether TLS is spoken to it.")
    );

    public static readonly ObjectSchema Server = new(
        "server",
        "Where PyServe listens, and its rules.",
        new("host", TypeSchema.Text, "The address; empty for all.") { Required = true, Example = "0.0.0.0" },
        new("port", Port, "The port.") { Required = true, Example = "8080" },
        new("backlog", TypeSchema.Integer, "Connections waiting to be accepted.")
        {
            Required = true,
            Default = "5",
            Example = "100",
        },
        new("default_root", TypeSchema.Boolean, "Whether `/` gets a page of PyServe's own."),
        new("reverse_proxy", new TypeSchema.ListOf(new TypeSchema.Fields(() => Rule)), "The rules."),
        new(
            "redirect_instructions",
            new TypeSchema.ListOf(new TypeSchema.MapOf("path", TypeSchema.Text)),
            "One pair each: a path and where it is redirected."
        ),
        new("locations", Anything, "Passwords of single paths.")
    );

    public static readonly ObjectSchema Http = new(
        "http",
        "Folders.",
        new("static_dir", TypeSchema.Text, "Every file below is served.")
        {
            Required = true,
            Default = "./static",
            Example = "./static",
        },
        new("templates_dir", TypeSchema.Text, "Error pages.")
        {
            Required = true,
            Default = "./templates",
            Example = "./templates",
        }
    );

    public static readonly ObjectSchema Ssl = new(
        "ssl",
        "TLS on the listener.",
        new("enabled", TypeSchema.Boolean, "Whether it is spoken."),
        new("cert_file", TypeSchema.Text, "The certificate chain."),
        new("key_file", TypeSchema.Text, "The key.")
    );

    public static readonly ObjectSchema Logging = new(
        "logging",
        "The log.",
        new("level", new TypeSchema.Choice("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "In upper case."),
        new("log_file", TypeSchema.Text, "A file."),
        new("console_output", TypeSchema.Boolean, "Whether lines go to standard output too."),
        new("use_colors", TypeSchema.Boolean, "Colours."),
        new("use_rotation", TypeSchema.Boolean, "Whether the file is rotated by size."),
        new("max_log_size", TypeSchema.Integer, "The size, in bytes."),
        new("backup_count", TypeSchema.Integer, "Old files kept."),
        new("structured_logs", TypeSchema.Boolean, "Whether the file gets JSON lines.")
    );

    public static readonly ObjectSchema Extension = new(
        "extensions",
        "An extension; since 0.5.0.",
        new("type", TypeSchema.Text, "Its kind.") { Required = true, Example = "routing" },
        new("config", Anything, "Its configuration."),
        new("source", TypeSchema.Text, "A file with its configuration.")
    );

    /// <summary>What a path's pattern of the routing extension leads to.</summary>
    public static readonly ObjectSchema Location = new(
        "regex_locations",
        "Where a pattern leads.",
        new("proxy_pass", TypeSchema.Text, "Says that it is proxied. Its URL is not used: host, port, path and ssl are."),
        new("host", TypeSchema.Text, "The server."),
        new("port", TypeSchema.Integer, "Its port."),
        new("path", TypeSchema.Text, "The prefix that is cut."),
        new("ssl", TypeSchema.Boolean, "Whether TLS is spoken to it."),
        new("root", TypeSchema.Text, "A folder."),
        new("index_file", TypeSchema.Text, "The file of it that is always sent."),
        new("return", TypeSchema.Text, "The body of a response with status 200."),
        new("body", TypeSchema.Text, "The body, instead."),
        new("content_type", TypeSchema.Text, "Its media type."),
        new("spa_fallback", TypeSchema.Boolean, "Whether `__default__` answers."),
        new("exclude_patterns", new TypeSchema.ListOf(TypeSchema.Text), "Prefixes that it doesn't answer."),
        new("headers", Anything, "Not used by any release."),
        new("cache_control", TypeSchema.Text, "Not used by any release.")
    );

    public static readonly ObjectSchema Routing = new(
        "routing",
        "The routing extension.",
        new Field(
            "regex_locations",
            new TypeSchema.MapOf("pattern", new TypeSchema.Fields(() => Location)),
            "The patterns: `=/path`, `~regex`, `~*regex`, `^~/prefix`, `/prefix`, `__default__`."
        )
    );

    public static readonly ObjectSchema Root = new(
        "config.yaml",
        "A configuration of PyServe.",
        new("version", TypeSchema.Integer, "2 where there are extensions."),
        new("server", new TypeSchema.Fields(() => Server), Server.Doc) { Required = true },
        new("http", new TypeSchema.Fields(() => Http), Http.Doc)
        {
            Required = true,
            Default = "./static and ./templates",
            Example = "{ static_dir: ./static, templates_dir: ./templates }",
        },
        new("ssl", new TypeSchema.Fields(() => Ssl), Ssl.Doc),
        new("logging", new TypeSchema.Fields(() => Logging), Logging.Doc),
        new("extensions", new TypeSchema.ListOf(new TypeSchema.Fields(() => Extension)), "Extensions.")
    );
}
