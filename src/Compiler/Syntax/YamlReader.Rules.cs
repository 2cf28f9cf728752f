using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

internal sealed partial class YamlReader
{
    public static readonly Rule BadYaml = new("CFG0003", "bad-yaml", Severity.Error, "The file is not valid YAML")
    {
        Why = "The YAML scanner stopped here; often the cause stands a line above: a missing quote, a tab, or wrong indentation.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\"\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule DuplicateKey = new("CFG0004", "duplicate-key", Severity.Error, "A key is written twice in one map")
    {
        Why = "YAML readers disagree on which of two equal keys wins, so neither does. Merge them.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    proxy: http://127.0.0.1:3001\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
    };

    public static readonly Rule TooComplex = new(
        "CFG0005",
        "too-complex",
        Severity.Error,
        "The YAML is nested too deeply or expands to too much"
    )
    {
        Why =
            $"A spec nests at most {MaxDepth} levels, its aliases and fragments bring in at most {MaxSize:N0} nodes, and a value with its "
            + $"variables has at most {EnvironmentVariables.LongestValue / 1024} KiB. Documents beyond it are made to exhaust a reader.",
        Bad = "sites: " + new string('[', 70) + new string(']', 70) + "\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule UnsupportedYaml = new(
        "CFG0006",
        "unsupported-yaml",
        Severity.Error,
        "A feature of YAML that specs don't use"
    )
    {
        Why =
            "A spec is one document of maps with text keys, lists and scalars. Anchors, aliases and `<<` merges are understood; tags, "
            + "complex keys and several documents are not.",
        Bad = "sites: !!set\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule UndefinedVariable = new(
        "CFG0007",
        "undefined-variable",
        Severity.Error,
        "A variable of the environment is not set"
    )
    {
        Why =
            "`${NAME}` is replaced by the environment variable. It must be set, or be given a default as in `${NAME:-3000}`. A literal "
            + "`${` is written `$${`.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:${CONFGEN_EXAMPLE_UNSET}\" }\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:${CONFGEN_EXAMPLE_UNSET:-3000}\" }\n",
    };
}
