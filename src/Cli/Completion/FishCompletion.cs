using System.Text;

namespace Confgen.Cli.Completion;

/// <summary>The completion for fish.</summary>
internal static class FishCompletion
{
    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var script = new StringBuilder();
        script.Append(
            "# fish completion for confgen: confgen completion fish > ~/.config/fish/completions/confgen.fish\n\ncomplete -c confgen -f\n"
        );
        script.Append(
            "complete -c confgen -n __fish_use_subcommand -l version -d 'Show version information'\n"
                + "complete -c confgen -n __fish_use_subcommand -s h -l help -d 'Show help and usage information'\n"
        );
        foreach (CompletedVerb verb in verbs)
        {
            script.Append($"\ncomplete -c confgen -n __fish_use_subcommand -a {verb.Name} -d {Quote(verb.Description)}\n");
            string seen = $"complete -c confgen -n '__fish_seen_subcommand_from {verb.Name}'";
            if (Offer(verb.Arguments) is { Length: > 0 } arguments)
            {
                script.Append($"{seen}{arguments}\n");
            }

            foreach (CompletedOption option in verb.Options)
            {
                string names = string.Concat(
                    option.Names.Select(n => n.StartsWith("--", StringComparison.Ordinal) ? $" -l {n[2..]}" : $" -s {n[1..]}")
                );
                script.Append(
                    $"{seen}{names}{(option.Value.Kind == CompletedKind.None ? "" : " -r" + Offer(option.Value))} -d "
                        + $"{Quote(option.Description)}\n"
                );
            }
        }

        return script.ToString();
    }

    private static string Offer(CompletedValue value) =>
        value.Kind switch
        {
            CompletedKind.Word => $" -f -a '{string.Join(' ', value.Words)}'",
            CompletedKind.Words => $" -f -a '(__fish_append , {string.Join(' ', value.Words)})'",
            CompletedKind.File => " -F",
            CompletedKind.Folder => " -f -a '(__fish_complete_directories)'",
            _ => "",
        };

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
