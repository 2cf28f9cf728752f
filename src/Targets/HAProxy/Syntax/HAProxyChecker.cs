namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>
/// Checks a configuration: sections and their names, keywords, conditions, expressions and formats, and that what is named is there.
/// </summary>
internal sealed class HAProxyChecker
{
    private static readonly string[] _formats = ["set-header", "add-header", "set-uri", "replace-path", "replace-header"];

    private readonly List<HAProxyFinding> _findings = [];
    private readonly Dictionary<(string Kind, string Name), HAProxySection> _sections = [];
    private readonly List<(HAProxyLine Line, HAProxyWord Backend)> _uses = [];
    private HAProxySection? _section;

    private HAProxyChecker() { }

    /// <summary>What is wrong, in the order of the lines.</summary>
    public static IReadOnlyList<HAProxyFinding> Check(string text)
    {
        var checker = new HAProxyChecker();
        foreach (HAProxyLine line in HAProxyReader.Read(text, checker._findings))
        {
            checker.CheckLine(line);
        }

        foreach ((HAProxyLine line, HAProxyWord backend) in checker._uses)
        {
            if (!checker._sections.ContainsKey(("backend", backend.Text)))
            {
                checker.Report(line, backend, $"there is no backend '{backend.Text}'");
            }
        }

        return [.. checker._findings.OrderBy(static finding => finding.Line).ThenBy(static finding => finding.Column)];
    }

    private void CheckLine(HAProxyLine line)
    {
        HAProxyWord first = line.Words[0];
        if (first.Text is "global" or "defaults" or "frontend" or "backend" or "userlist" or "resolvers" or "crt-store")
        {
            Open(line);
        }
        else if (_section is null)
        {
            Report(line, first, $"'{first.Text}' outside of a section");
        }
        else if (_section.Letter != ' ')
        {
            CheckDirective(line, _section);
        }
    }

    private void Open(HAProxyLine line)
    {
        IReadOnlyList<HAProxyWord> words = line.Words;
        string name = words.Count > 1 ? words[1].Text : "";
        HAProxySection? from = null;
        if (words[0].Text is "frontend" or "backend" && name.Length == 0)
        {
            Report(line, words[0], "a section without a name");
        }

        if (name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':')))
        {
            Report(line, words[1], "a name has letters, digits, '-', '_', '.' and ':'");
        }

        if (words.Count > 3 && words[2].Text == "from" && !_sections.TryGetValue(("defaults", words[3].Text), out from))
        {
            Report(line, words[3], $"there are no defaults '{words[3].Text}' above");
        }

        _section = new HAProxySection(words[0].Text, name, from);
        if (!_sections.TryAdd((_section.Kind, name), _section))
        {
            Report(line, words[0], $"a second {_section.Kind} '{name}'");
        }
    }

    private void CheckDirective(HAProxyLine line, HAProxySection section)
    {
        IReadOnlyList<HAProxyWord> words = line.Words;
        int length = HAProxyKeywords.Length(words, section.Letter);
        if (length == 0)
        {
            Report(line, words[0], $"unknown keyword '{words[0].Text}' in {section.Kind}");
            return;
        }

        switch (words[0].Text)
        {
            case "acl" when words.Count > 2:
                section.Conditions.Add(words[1].Text);
                CheckFetch(line, words[2]);
                break;
            case "use_backend" when words.Count > 1 && words[1].Text.StartsWith("%[", StringComparison.Ordinal):
                if (HAProxyExpression.FormatProblem(words[1].Text) is { } problem)
                {
                    Report(line, words[1], problem);
                }

                break;
            case "use_backend" or "default_backend" when words.Count > 1:
                _uses.Add((line, words[1]));
                break;
            case "server" when words.Count < 3:
                Report(line, words[0], "a server has a name and an address");
                break;
            case "server" when !section.Servers.Add(words[1].Text):
                Report(line, words[1], $"a second server '{words[1].Text}'");
                break;
            default:
                CheckArguments(line, length);
                break;
        }

        CheckConditions(line, section);
    }

    private void CheckArguments(HAProxyLine line, int length)
    {
        string action = line.Words[length - 1].Text;
        if (action.StartsWith("set-var(", StringComparison.Ordinal))
        {
            if (length < line.Words.Count)
            {
                CheckFetch(line, line.Words[length]);
            }
            else
            {
                Report(line, line.Words[0], "a variable without an expression");
            }
        }
        else if (_formats.Contains(action, StringComparer.Ordinal))
        {
            // What is written comes last, behind a name or the regex that it replaces.
            HAProxyWord[] arguments = [.. line.Words.Skip(length).TakeWhile(static word => word.Text is not ("if" or "unless"))];
            if (arguments.Length > 0 && HAProxyExpression.FormatProblem(arguments[^1].Text) is { } problem)
            {
                Report(line, arguments[^1], problem);
            }
        }
    }

    private void CheckFetch(HAProxyLine line, HAProxyWord word)
    {
        if (HAProxyExpression.Problem(word.Text) is { } problem)
        {
            Report(line, word, problem);
        }
    }

    // Behind `if` or `unless` stand names of conditions, or conditions in braces.
    private void CheckConditions(HAProxyLine line, HAProxySection section)
    {
        int start = 1;
        while (start < line.Words.Count && line.Words[start].Text is not ("if" or "unless"))
        {
            start++;
        }

        for (int i = start + 1; i < line.Words.Count; i++)
        {
            HAProxyWord word = line.Words[i];
            string name = word.Text.TrimStart('!');
            if (name == "{")
            {
                int end = i + 1;
                while (end < line.Words.Count && line.Words[end].Text != "}")
                {
                    end++;
                }

                if (end == line.Words.Count || end == i + 1)
                {
                    Report(line, word, end == i + 1 ? "a condition without an expression" : "a brace that is never closed");
                    return;
                }

                CheckFetch(line, line.Words[i + 1]);
                i = end;
            }
            else if (name is not ("or" or "||") && !section.Knows(name))
            {
                Report(line, word, $"there is no condition '{name}' above");
            }
        }
    }

    private void Report(HAProxyLine line, HAProxyWord word, string message) =>
        _findings.Add(new HAProxyFinding(line.Number, word.Column, message));
}
