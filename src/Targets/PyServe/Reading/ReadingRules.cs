using Confgen.Model.Diagnostics;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>What can be wrong with a PyServe configuration that is read as a spec.</summary>
internal static class ReadingRules
{
    private const string Plain = """
        server:
          host: 127.0.0.1
          port: 8080
          backlog: 5
          default_root: false
          reverse_proxy:
            - { path: /, host: 127.0.0.1, port: 3000 }
        http: { static_dir: ./static, templates_dir: ./templates }

        """;

    public static readonly Rule UnknownKey = new("CFG0600", "pyserve-unknown-key", Severity.Error, "A key that PyServe doesn't have")
    {
        Why =
            "PyServe ignores a key that it doesn't know, so a misspelled one changes nothing, silently. The message names the nearest key "
            + "there is.",
        Bad = Plain.Replace("default_root", "defaultroot", StringComparison.Ordinal),
        Good = Plain,
    };

    public static readonly Rule BadValue = new("CFG0601", "pyserve-bad-value", Severity.Error, "A value that PyServe can't use")
    {
        Why =
            "PyServe takes each key's value in one kind: a port is a number without quotes, a path starts with `/`, a list is never left "
            + "blank, and a rule has `path`, `host` and `port`.",
        Bad = Plain.Replace("port: 3000", "port: \"3000\"", StringComparison.Ordinal),
        Good = Plain,
    };

    public static readonly Rule DoesNotStart = new(
        "CFG0602",
        "pyserve-does-not-start",
        Severity.Warning,
        "PyServe itself would not start with this"
    )
    {
        Why =
            "PyServe's documentation gives defaults that its code doesn't use: without `server.backlog`, `http.static_dir` or "
            + "`http.templates_dir` it stops at the start, and so it does where `logging.level` is not in upper case. What the spec means "
            + "is clear all the same.",
        Bad = Plain.Replace("  backlog: 5\n", "", StringComparison.Ordinal),
        Good = Plain,
    };

    public static readonly Rule NeverReached = new(
        "CFG0603",
        "pyserve-never-reached",
        Severity.Warning,
        "A rule or a redirect that no request reaches"
    )
    {
        Why =
            "PyServe takes the first rule in the order of the list whose path begins the request's path, and asks redirects only after "
            + "all rules. What is never reached is left out; if it was meant, put the longer path first.",
        Bad = Plain.Replace(
            "port: 3000 }\n",
            "port: 3000 }\n    - { path: /api, host: 127.0.0.1, port: 3001 }\n",
            StringComparison.Ordinal
        ),
        Good = Plain.Replace(
            "    - { path: /,",
            "    - { path: /api, host: 127.0.0.1, port: 3001 }\n    - { path: /,",
            StringComparison.Ordinal
        ),
    };

    public static readonly Rule Segments = new(
        "CFG0604",
        "pyserve-whole-segments",
        Severity.Info,
        "A rule's path is taken by whole segments"
    )
    {
        Why =
            "PyServe compares plain text: its rule for `/api` takes `/apifoo` too, as `/foo`. A spec takes whole segments: `/api` and "
            + "everything below it. Hardly anyone means the other.",
        Bad = Plain.Replace(
            "    - { path: /,",
            "    - { path: /api, host: 127.0.0.1, port: 3001 }\n    - { path: /,",
            StringComparison.Ordinal
        ),
        Good = Plain,
    };

    public static readonly Rule NotRead = new("CFG0605", "pyserve-not-read", Severity.Error, "A setting of PyServe that is not taken over")
    {
        Why = "Dropping it would change what is served, or who may see it, without a word. The message says how a spec says it.",
        Bad = Plain.Replace(
            "http:",
            "  locations: { /admin: { auth: { type: basic, username: admin, password: secret } } }\nhttp:",
            StringComparison.Ordinal
        ),
        Good = Plain,
    };

    public static readonly Rule Differs = new("CFG0606", "pyserve-differs", Severity.Info, "Something that PyServe does differently")
    {
        Why = "The rule's meaning is kept; the message names a side effect of PyServe's that is not.",
        Bad = Plain + "logging: { level: INFO, use_rotation: true }\n",
        Good = Plain,
    };
}
