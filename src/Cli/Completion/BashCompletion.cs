using System.Text;

namespace Confgen.Cli.Completion;

/// <summary>The completion for bash, 3.2 and later.</summary>
internal static class BashCompletion
{
    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # bash completion for confgen; in ~/.bashrc: source <(confgen completion bash)

            _confgen_words() {
                COMPREPLY=($(compgen -W "$1" -- "$cur"))
            }

            # One more of a list with commas.
            _confgen_list() {
                local before=
                [[ $cur == *,* ]] && before=${cur%,*},
                COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))
                compopt -o nospace 2>/dev/null
            }

            _confgen_paths() {
                local IFS=$'\n'
                compopt -o filenames 2>/dev/null
                COMPREPLY=($(compgen "$1" -- "$cur"))
            }

            _confgen() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= i
                COMPREPLY=()
                # bash splits --option=value at the sign.
                if [[ $cur == = ]]; then
                    cur=
                elif [[ $prev == = ]]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    if [[ ${COMP_WORDS[i]} != -* ]]; then
                        verb=${COMP_WORDS[i]}
                        break
                    fi
                done

            """
        );
        script.Append("    case $verb in\n");
        script.Append($"        '') _confgen_words '{string.Join(' ', verbs.Select(v => v.Name))} --help --version' ;;\n");
        foreach (CompletedVerb verb in verbs)
        {
            script.Append($"        {verb.Name})\n            case $prev in\n");
            foreach (CompletedOption option in verb.Options.Where(o => o.Value.Kind != CompletedKind.None))
            {
                script.Append($"                {string.Join('|', option.Names)}) {Offer(option.Value)}; return ;;\n");
            }

            script.Append("            esac\n            if [[ $cur == -* ]]; then\n");
            script.Append($"                _confgen_words '{string.Join(' ', verb.Options.Select(o => o.Names[0]))}'\n");
            script.Append($"            else\n                {Offer(verb.Arguments)}\n            fi ;;\n");
        }

        return script.Append("    esac\n}\n\ncomplete -F _confgen confgen\n").ToString();
    }

    private static string Offer(CompletedValue value) =>
        value.Kind switch
        {
            CompletedKind.Word => $"_confgen_words '{string.Join(' ', value.Words)}'",
            CompletedKind.Words => $"_confgen_list '{string.Join(' ', value.Words)}'",
            CompletedKind.File => "_confgen_paths -f",
            CompletedKind.Folder => "_confgen_paths -d",
            _ => ":",
        };
}
