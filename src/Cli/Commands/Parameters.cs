using System.CommandLine;
using System.CommandLine.Parsing;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Commands;

/// <summary>Arguments and options that several verbs share: made anew for each, with the same names and words.</summary>
internal static class Parameters
{
    private static readonly string[] _layouts = ["complete", "conf.d"];

    public static Argument<string?> Spec() =>
        new("SPEC")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The spec's file; - is standard input. confgen.yaml or confgen.yml of this folder unless given.",
        };

    public static Option<string[]> Targets(CliEnvironment surroundings, string description, bool toRender = false)
    {
        var targets = new Option<string[]>("--target", "-t")
        {
            HelpName = "NAME,...",
            Description = description,
            CustomParser = SplitAtCommas,
            Arity = ArgumentArity.OneOrMore,
        };
        targets.CompletionSources.Add(_ =>
            surroundings.Targets().Where(t => !toRender || t is IRenderingTarget).Select(t => t.Name).Append(TargetChoice.Every)
        );
        return targets;
    }

    /// <summary>Where files go; it must be given where there is no usual folder.</summary>
    public static Option<string> Output(string? unlessGiven)
    {
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "DIR",
            Description = "The folder to write to: DIR/nginx/nginx.conf, DIR/caddy/Caddyfile, ...",
            Required = unlessGiven is null,
        };
        if (unlessGiven is not null)
        {
            output.DefaultValueFactory = _ => unlessGiven;
        }

        return output;
    }

    public static Option<string> LayoutName() =>
        new Option<string>("--layout")
        {
            HelpName = string.Join('|', _layouts),
            Description = "A complete configuration, or files to include into one that exists.",
            DefaultValueFactory = _ => _layouts[0],
        }.AcceptOnlyFromAmong(_layouts);

    /// <summary>The layout of a name that <see cref="LayoutName"/> takes.</summary>
    public static Layout LayoutOf(string? name) => name == _layouts[0] ? Layout.Complete : Layout.Include;

    public static Option<bool> Force() =>
        Flag("--force", "Also replace files that confgen did not write or that were edited since, and keep a copy of each as *.bak.");

    public static Option<string> Format() =>
        new Option<string>("--format")
        {
            HelpName = string.Join('|', ReportFormats.Names),
            Description = "How diagnostics are written.",
            DefaultValueFactory = _ => "text",
        }.AcceptOnlyFromAmong(ReportFormats.Names);

    /// <summary>Colours of what is said, for every verb.</summary>
    public static Option<string> Colour() =>
        new Option<string>("--color")
        {
            HelpName = "auto|always|never",
            Description = "Colours: on a terminal alone, always or never; NO_COLOR and FORCE_COLOR are heeded too.",
            DefaultValueFactory = _ => "auto",
            Recursive = true,
        }.AcceptOnlyFromAmong("auto", "always", "never");

    /// <summary>Silence but for errors and warnings, for every verb.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Say nothing but errors and warnings.", Recursive = true };

    /// <summary>The file of warnings that are known.</summary>
    public static Option<string?> Baseline() =>
        new("--baseline")
        {
            HelpName = "FILE",
            Description = "Leave out the warnings that FILE lists; 'validate --write-baseline FILE' writes it.",
        };

    public static Option<bool> Strict() => new("--strict") { Description = "Fail on warnings too." };

    public static Option<string?> Templates() =>
        new("--templates")
        {
            HelpName = "DIR",
            Description = "A folder of templates; one there replaces the built-in one of the same name, as nginx/nginx.conf.scriban.",
        };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>An option with a list, at commas or by repeating it.</summary>
    public static Option<string[]> List(string name, string help, string description, Func<IEnumerable<string>> known)
    {
        var list = new Option<string[]>(name)
        {
            HelpName = help,
            Description = description,
            CustomParser = SplitAtCommas,
            Arity = ArgumentArity.OneOrMore,
        };
        list.CompletionSources.Add(_ => known());
        return list;
    }

    /// <summary>
    /// The words given for an option, to be judged while faults are still being looked for: its value can't be had where it is one.
    /// </summary>
    public static IReadOnlyList<string> Given(CommandResult call, Option option) =>
        [.. call.GetResult(option)?.Tokens.Select(t => t.Value) ?? []];

    private static string[] SplitAtCommas(ArgumentResult result) =>
        [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
