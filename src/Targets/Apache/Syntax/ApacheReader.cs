using System.Text;

namespace Confgen.Targets.Apache.Syntax;

/// <summary>
/// Reads a configuration: lines that a backslash continues, comments, directives with words in quotes, and sections. What httpd would
/// exchange for the environment's variables is a fault, except for <see cref="ApacheQuoting.Dollar"/>.
/// </summary>
internal sealed class ApacheReader
{
    private readonly List<ApacheFinding> _findings = [];
    private readonly Stack<ApacheDirective> _open = new();
    private readonly List<ApacheDirective> _top = [];

    private ApacheReader() { }

    /// <summary>The directives of a text; what can't be read is added to the findings.</summary>
    public static IReadOnlyList<ApacheDirective> Read(string text, ICollection<ApacheFinding> findings)
    {
        var reader = new ApacheReader();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int first = i;
            var line = new StringBuilder(lines[i]);
            while (line.Length > 0 && line[^1] == '\\' && i + 1 < lines.Length)
            {
                line.Length--;
                line.Append(lines[++i]);
            }

            reader.ReadLine(line.ToString(), first + 1);
        }

        foreach (ApacheDirective section in reader._open)
        {
            reader._findings.Add(new ApacheFinding(section.Name.Line, section.Name.Column, $"{section.Name.Text}> is never closed"));
        }

        foreach (ApacheFinding finding in reader._findings)
        {
            findings.Add(finding);
        }

        return reader._top;
    }

    private void ReadLine(string text, int number)
    {
        int start = text.Length - text.AsSpan().TrimStart(" \t").Length;
        if (start == text.Length || text[start] == '#')
        {
            return;
        }

        int control = text.AsSpan().IndexOfAny('\0', '\f', '\v');
        if (control >= 0)
        {
            Report(number, control, "a control character");
        }

        text = Resolve(text.TrimEnd(), number);
        if (text.AsSpan(start).StartsWith("</"))
        {
            Close(text[(start + 2)..], number, start);
            return;
        }

        bool isSection = text[start] == '<';
        if (isSection && !text.EndsWith('>'))
        {
            Report(number, start, "a section whose line doesn't end with '>'");
        }

        int at = start;
        var words = new List<ApacheWord>();
        string line = isSection ? text.TrimEnd('>') : text;
        while (at < line.Length)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
            }
            else
            {
                words.Add(ReadWord(line, number, ref at, isRaw: words.Count > 0 && words[0].Text is "RewriteRule" or "RewriteCond"));
            }
        }

        var directive = new ApacheDirective(words[0], [.. words.Skip(1)]) { Content = isSection ? [] : null };
        (_open.TryPeek(out ApacheDirective? section) ? section.Content ?? _top : _top).Add(directive);
        if (isSection)
        {
            _open.Push(directive);
        }
    }

    private void Close(string rest, int number, int start)
    {
        string name = "<" + rest.TrimEnd('>');
        if (_open.TryPeek(out ApacheDirective? section) && section.Is(name))
        {
            _open.Pop();
        }
        else
        {
            Report(number, start, $"'</{rest}' closes nothing");
        }
    }

    private ApacheWord ReadWord(string line, int number, ref int at, bool isRaw)
    {
        int start = at;
        char quote = line[at] is '"' or '\'' ? line[at] : '\0';
        var word = new StringBuilder();
        at += quote == '\0' ? 0 : 1;
        while (at < line.Length && (quote == '\0' ? line[at] is not (' ' or '\t') : line[at] != quote))
        {
            bool escapes =
                !isRaw && line[at] == '\\' && at + 1 < line.Length && (line[at + 1] == '\\' || (quote != '\0' && line[at + 1] == quote));
            at += escapes ? 1 : 0;
            word.Append(line[at++]);
        }

        if (quote != '\0')
        {
            if (at == line.Length)
            {
                Report(number, start, "a quote that is never closed");
            }
            else if (++at < line.Length && line[at] is not (' ' or '\t'))
            {
                Report(number, at, "expected a blank behind a quote");
            }
        }

        return new ApacheWord(word.ToString(), number, start + 1);
    }

    private string Resolve(string text, int number)
    {
        const string known = "${" + ApacheQuoting.Dollar + "}";
        int at = 0;
        while ((at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0)
        {
            if (text.AsSpan(at).StartsWith(known))
            {
                text = string.Concat(text.AsSpan(0, at + 1), text.AsSpan(at + known.Length));
                at++;
            }
            else
            {
                Report(number, at, "'${' starts a variable of the environment: write ${" + ApacheQuoting.Dollar + "}{");
                at += 2;
            }
        }

        return text;
    }

    private void Report(int line, int at, string message) => _findings.Add(new ApacheFinding(line, at + 1, message));
}
