using System.CommandLine;

namespace Confgen.Cli.Completion;

/// <summary>A verb as a shell completes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Options">Its options.</param>
/// <param name="Arguments">What stands behind it.</param>
internal sealed record CompletedVerb(string Name, string Description, IReadOnlyList<CompletedOption> Options, CompletedValue Arguments)
{
    /// <summary>The verbs below a root, without the hidden ones.</summary>
    public static IReadOnlyList<CompletedVerb> Of(Command root)
    {
        Option[] everywhere = [.. root.Options.Where(o => o.Recursive && !o.Hidden)];
        return [.. root.Subcommands.Where(c => !c.Hidden).Select(c => Of(c, everywhere))];
    }

    private static CompletedVerb Of(Command verb, Option[] everywhere) =>
        new(
            verb.Name,
            verb.Description ?? "",
            [.. verb.Options.Where(o => !o.Hidden).Concat(everywhere).Select(CompletedOption.Of)],
            verb.Arguments is [.., var last] ? CompletedValue.Of(last) : CompletedValue.None
        );
}
