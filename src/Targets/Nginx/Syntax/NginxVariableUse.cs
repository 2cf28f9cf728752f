using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Collects which variables a configuration defines and which it uses, wherever either stands: nginx resolves them at the end.
/// </summary>
internal sealed class NginxVariableUse(TargetVersion version)
{
    private const NginxContext Streams = NginxContext.Stream | NginxContext.StreamServer | NginxContext.StreamUpstream;

    private readonly TargetVersion _version = version;
    private readonly HashSet<string> _defined = [];
    private readonly Dictionary<(string Name, bool IsStream), NginxFinding> _used = [];
    private readonly List<NginxFinding> _invalid = [];
    private string _file = "";
    private bool _incomplete;
    private bool _stream;

    /// <summary>Says which file the next directives are in.</summary>
    public void Enter(string file) => _file = file;

    /// <summary>Notes what the directive defines and uses.</summary>
    public void Note(NginxDirective directive, NginxDefinition definition, NginxContext context)
    {
        IReadOnlyList<NginxToken> words = directive.Arguments;
        _stream = (context & Streams) != NginxContext.None;
        switch (definition.Name)
        {
            case "set" or "auth_request_set" or "perl_set" when words.Count > 0:
                Define(words[0]);
                break;
            case "map" or "geo" or "split_clients" when words.Count > 0:
                Define(words[^1]);
                break;
            case "include" or "load_module":
                // The file may define any variable; mime.types and the parameter files that distributions ship define none.
                _incomplete |= words.Count > 0 && !words[0].Value.EndsWith("mime.types", StringComparison.Ordinal);
                break;
            case "location" or "server_name" or "rewrite" or "if":
                foreach (NginxToken word in words)
                {
                    NoteCaptures(word);
                }

                break;
        }

        if (definition.Expands)
        {
            NoteUses(words, definition.Name);
        }
    }

    /// <summary>Notes what a line of a <c>map</c> defines and uses.</summary>
    public void NoteData(NginxDirective line, string owner)
    {
        if (owner == "map" && line.Arguments.Count == 1)
        {
            NoteCaptures(line.Name);
            if (!line.Name.Is("include"))
            {
                NoteUses(line.Arguments[0]);
            }
        }
    }

    /// <summary>The variables that are used and nowhere defined.</summary>
    public IEnumerable<NginxFinding> Undefined()
    {
        foreach (NginxFinding finding in _invalid)
        {
            yield return finding;
        }

        foreach (((string name, bool isStream), NginxFinding finding) in _used)
        {
            if (!_incomplete && !_defined.Contains(name) && !NginxCatalogue.Instance.HasVariable(name, isStream, _version))
            {
                yield return finding;
            }
        }
    }

    private void Define(NginxToken word)
    {
        ReadOnlySpan<char> text = word.Content;
        if (text.StartsWith('$'))
        {
            _defined.Add(text[1..].ToString());
        }
    }

    private void NoteCaptures(NginxToken word)
    {
        ReadOnlySpan<char> text = word.Content;
        int at;
        while ((at = text.IndexOf("(?", StringComparison.Ordinal)) >= 0)
        {
            text = text[(at + 2)..];
            ReadOnlySpan<char> name = text.StartsWith('P') ? text[1..] : text;
            if (name.Length > 1 && name[0] is '<' or '\'')
            {
                int end = name[1..].IndexOfAny('>', '\'');
                if (end > 0)
                {
                    _defined.Add(name.Slice(1, end).ToString());
                }
            }
        }
    }

    private void NoteUses(IReadOnlyList<NginxToken> words, string directive)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (directive == "rewrite" && i == 0)
            {
                continue;
            }

            // What follows a match operator is a regular expression, and so is a word that starts with one.
            if (words[i].Content.StartsWith('~'))
            {
                if (words[i].Content is "~" or "~*")
                {
                    i++;
                }

                continue;
            }

            if (words[i].Content is "!~" or "!~*")
            {
                i++;
                continue;
            }

            NoteUses(words[i]);
        }
    }

    private void NoteUses(NginxToken word)
    {
        ReadOnlySpan<char> text = word.Content;
        int dollar;
        while ((dollar = text.IndexOf('$')) >= 0)
        {
            text = text[(dollar + 1)..];
            bool braced = text.StartsWith('{');
            ReadOnlySpan<char> rest = braced ? text[1..] : text;
            int length = rest.IndexOfAnyExcept(NginxNames.Variable);
            length = length < 0 ? rest.Length : length;
            if (length == 0 || (braced && (length == rest.Length || rest[length] != '}')))
            {
                _invalid.Add(new NginxFinding(word.Line, word.Column, "invalid variable name") { File = _file });
                return;
            }

            ReadOnlySpan<char> name = rest[..length];
            if (!(name[0] is >= '1' and <= '9'))
            {
                _used.TryAdd(
                    (name.ToString(), _stream),
                    new NginxFinding(word.Line, word.Column, $"unknown \"{name}\" variable") { File = _file }
                );
            }

            text = rest[length..];
        }
    }
}
