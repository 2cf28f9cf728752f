using System.Text;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// nginx' language by the steps of its own reader (ngx_conf_read_token in src/core/ngx_conf_file.c), written without any of the code under
/// test.
/// </summary>
internal sealed class NginxTree(string text)
{
    private int _at;

    /// <summary>The statements of a configuration.</summary>
    public static Tree Read(string text) => new NginxTree(text).Block("");

    // Maps, locations and the lines of a map are sorted by the values in them, so that another value may stand at another place.
    private Tree Block(string name)
    {
        var statements = new List<Tree>();
        var words = new List<Tree>();
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                _at++;
            }
            else if (c == '#')
            {
                while (_at < text.Length && text[_at] != '\n')
                {
                    _at++;
                }
            }
            else if (c == '}')
            {
                _at++;
                break;
            }
            else if (c is ';' or '{')
            {
                _at++;
                if (c == '{')
                {
                    words.Add(Block(words.FirstOrDefault()?.Text ?? ""));
                }

                statements.Add(new Tree("", [.. words]));
                words.Clear();
            }
            else
            {
                string word = Word();
                words.Add(name == "map" && words.Count == 0 ? Key(word) : new Tree(word));
            }
        }

        return new Tree("{", [.. statements, .. words], IsOrdered: false);
    }

    // The first word of a map's line means something by its text, in quotes too; a backslash before it makes it a text like any other.
    private static Tree Key(string word)
    {
        string kind =
            word is "default" or "hostnames" or "volatile" or "include" ? word
            : word.StartsWith('~') ? "regex"
            : "text";
        return new Tree("", [new Tree(kind), new Tree(word)]);
    }

    private string Word()
    {
        var word = new StringBuilder();
        char quote = text[_at] is '"' or '\'' ? text[_at++] : '\0';
        for (; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '\\' && _at + 1 < text.Length)
            {
                char next = text[++_at];
                word.Append(
                    next switch
                    {
                        't' => "\t",
                        'r' => "\r",
                        'n' => "\n",
                        '"' or '\'' or '\\' => next.ToString(),
                        _ => "\\" + next,
                    }
                );
            }
            else if (quote != '\0' ? c == quote : c is ' ' or '\t' or '\r' or '\n' or ';' || (c == '{' && !word.ToString().EndsWith('$')))
            {
                _at += quote != '\0' ? 1 : 0;
                break;
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }
}
