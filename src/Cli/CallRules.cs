using Confgen.Model.Diagnostics;

namespace Confgen.Cli;

/// <summary>What ends a command before, or after, there is anything to say of the spec. The examples are calls, not specs.</summary>
internal static class CallRules
{
    public static readonly Rule BadCall = Declare("CFG0500", "bad-call", "The command line is wrong",
        "An option, an argument or a combination of them is unknown. The command does nothing and exits with 2.",
        "confgen build --taget nginx\n", "confgen build --target nginx\n");

    public static readonly Rule NoSpec = Declare("CFG0501", "no-spec", "The spec that the call names is not there",
        "A spec is a file, `-` for standard input, or `confgen.yaml` or `confgen.yml` of the current folder where none is named. Exit status 2.",
        "confgen validate missing.yaml\n", "confgen validate confgen.yaml\n");

    public static readonly Rule NoTarget = Declare("CFG0502", "no-target", "No target is named, or one that does not exist",
        "Name the programs with `-t nginx,caddy`, or write them under `targets:` in the spec. Exit status 2.",
        "confgen build -t ngnix\n", "confgen build -t nginx\n");

    public static readonly Rule BadTemplates = Declare("CFG0503", "bad-templates", "The folder of templates can't be used",
        "`--templates DIR` needs a folder with at least one file that has the name of a built-in template. Exit status 2.",
        "confgen build -t nginx --templates missing\n", "confgen build -t nginx\n");

    public static readonly Rule CannotWrite = Declare("CFG0504", "cannot-write", "A file of the output can't be written",
        "A folder or a symbolic link stands where a file must go, or permissions forbid writing. All files are written or none. Exit status 2.",
        "confgen build -t nginx -o confgen.yaml\n", "confgen build -t nginx -o out\n");

    public static readonly Rule Drift = Declare("CFG0505", "output-differs", "A file of the output is missing or differs from what the spec says",
        "`build --check` compares what is on disk with what the spec compiles to. Run `confgen build` and commit the result. Exit status 3.",
        "confgen build -t nginx --check\n", "confgen build -t nginx\n");

    private static Rule Declare(string code, string name, string title, string why, string bad, string good) =>
        new(code, name, Severity.Error, title) { Why = why, Bad = bad, Good = good, Language = "sh" };
}
