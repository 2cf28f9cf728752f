using Confgen.Model.Diagnostics;

namespace Confgen.Cli;

/// <summary>What ends a command before, or after, there is anything to say of the spec. The examples are calls, not specs.</summary>
internal static class CallRules
{
    public static readonly Rule BadCall = Declare(
        "CFG0500",
        "bad-call",
        "The command line is wrong",
        "An option, an argument or a combination of them is unknown. The command does nothing and exits with 2.",
        "confgen build --taget nginx\n",
        "confgen build --target nginx\n"
    );

    public static readonly Rule NoSpec = Declare(
        "CFG0501",
        "no-spec",
        "The spec that the call names is not there",
        "A spec is a file, `-` for standard input, or `confgen.yaml` or `confgen.yml` of the current folder where none is named. Exit "
            + "status 2.",
        "confgen validate missing.yaml\n",
        "confgen validate confgen.yaml\n"
    );

    public static readonly Rule NoTarget = Declare(
        "CFG0502",
        "no-target",
        "No target is named, or one that does not exist",
        "Name the programs with `-t nginx,caddy`, or write them under `targets:` in the spec. Exit status 2.",
        "confgen build -t ngnix\n",
        "confgen build -t nginx\n"
    );

    public static readonly Rule BadTemplates = Declare(
        "CFG0503",
        "bad-templates",
        "The folder of templates can't be used",
        "`--templates DIR` needs a folder with at least one file that has the name of a built-in template. Exit status 2.",
        "confgen build -t nginx --templates missing\n",
        "confgen build -t nginx\n"
    );

    public static readonly Rule CannotWrite = Declare(
        "CFG0504",
        "cannot-write",
        "A file of the output can't be written",
        "A folder or a symbolic link stands where a file must go, or permissions forbid writing. All files are written or none. Exit "
            + "status 2.",
        "confgen build -t nginx -o confgen.yaml\n",
        "confgen build -t nginx -o out\n"
    );

    public static readonly Rule Drift = Declare(
        "CFG0505",
        "output-differs",
        "A file of the output is missing or differs from what the spec says",
        "`build --check` compares what is on disk with what the spec compiles to. Run `confgen build` and commit the result. Exit status "
            + "3.",
        "confgen build -t nginx --check\n",
        "confgen build -t nginx\n"
    );

    public static readonly Rule Fragment = Declare(
        "CFG0506",
        "fragment",
        "A file that another spec includes is compiled by itself",
        "An included file may use what the including spec defines, as upstreams and defaults. By itself it lacks them, and its errors say "
            + "nothing about the whole.",
        "confgen validate sites/a.yaml\n",
        "confgen validate confgen.yaml\n",
        Severity.Info
    );

    public static readonly Rule CannotServe = Declare(
        "CFG0507",
        "cannot-serve",
        "The proxy can't serve what the spec says on this host",
        "An address is taken by another program or is none of this host, a port below 1024 needs a right, a certificate can't be read, or "
            + "a field is one that `confgen serve` doesn't have. At the start the exit status is 2; at a reload the proxy goes on with the "
            + "spec that it has.",
        "confgen serve\n",
        "confgen serve --http-port 8080 --https-port 8443\n"
    );

    public static readonly Rule CannotRead = Declare(
        "CFG0508",
        "cannot-read-file",
        "A file that an option names can't be read",
        "The file of `--baseline` is missing, can't be opened, or is not what `validate --write-baseline` writes. Exit status 2.",
        "confgen validate --baseline missing.json\n",
        "confgen validate --write-baseline known.json\n"
    );

    public static readonly Rule NotApplied = Declare(
        "CFG0509",
        "not-applied",
        "The running program did not take the new files, or fails the spec's tests with them",
        "`apply` writes the files, reloads the program and, with `--against`, runs the spec's tests on it. One of these failed: the "
            + "files are what they were before, and the program was reloaded with them. Exit status 4.",
        "confgen apply -t nginx -o /etc --reload 'systemctl reload ngnix'\n",
        "confgen apply -t nginx -o /etc --reload 'systemctl reload nginx'\n"
    );

    public static readonly Rule InternalError = Declare(
        "CFG0599",
        "internal-error",
        "A bug of confgen",
        "Something happened that confgen doesn't expect. Run the same call with `CONFGEN_TRACE=1` in the environment and report its "
            + "output. Exit status 70.",
        "confgen build -t nginx\n",
        "CONFGEN_TRACE=1 confgen build -t nginx\n"
    );

    private static Rule Declare(
        string code,
        string name,
        string title,
        string why,
        string bad,
        string good,
        Severity severity = Severity.Error
    ) =>
        new(code, name, severity, title)
        {
            Why = why,
            Bad = bad,
            Good = good,
            Language = "sh",
        };
}
