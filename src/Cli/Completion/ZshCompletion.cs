using System.Text;

namespace Confgen.Cli.Completion;

/// <summary>The completion for zsh.</summary>
internal static class ZshCompletion
{
    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var script = new StringBuilder();
        script.Append(
            "#compdef confgen\n# zsh completion for confgen; write it to a file _confgen in a folder of $fpath, or in ~/.zshrc: source "
                + "<(confgen completion zsh)\n\n"
        );
        script.Append("_confgen() {\n    local -a verbs\n    verbs=(\n");
        foreach (CompletedVerb verb in verbs)
        {
            script.Append($"        {Quote($"{verb.Name}:{verb.Description}")}\n");
        }

        script.Append(
            "    )\n    if (( CURRENT == 2 )); then\n        _describe -t verbs verb verbs\n        return\n    fi\n"
                + "    local verb=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $verb in\n"
        );
        foreach (CompletedVerb verb in verbs)
        {
            script.Append($"        {verb.Name})\n            _arguments -s");
            foreach (CompletedOption option in verb.Options)
            {
                string names =
                    option.Names.Count == 1 ? option.Names[0] : $"({string.Join(' ', option.Names)})'{{{string.Join(',', option.Names)}}}'";
                script.Append($" \\\n                '{names}[{Escape(option.Description)}]{Action(option.Value)}'");
            }

            script.Append(verb.Arguments.Kind is CompletedKind.None ? " ;;\n" : $" \\\n                '*{Action(verb.Arguments)}' ;;\n");
        }

        script.Append("    esac\n}\n\n# Autoloaded it is the function itself; sourced it registers it.\n");
        return script
            .Append("if [[ $funcstack[1] == _confgen ]]; then\n    _confgen \"$@\"\nelse\n    compdef _confgen confgen\nfi\n")
            .ToString();
    }

    private static string Action(CompletedValue value) =>
        value.Kind switch
        {
            CompletedKind.None => "",
            CompletedKind.Word => $":word:({string.Join(' ', value.Words)})",
            CompletedKind.Words => $":words:_sequence compadd - {string.Join(' ', value.Words)}",
            CompletedKind.File => ":file:_files",
            CompletedKind.Folder => ":folder:_files -/",
            _ => ":value: ",
        };

    private static string Escape(string text) =>
        Inner(text)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{Inner(text)}'";

    private static string Inner(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);
}
