using System.Text.RegularExpressions;

namespace Confgen.Targets.Apache.Syntax;

/// <summary>
/// Checks a configuration: directives, their places and arguments, the order of conditions, flags of rewrite rules, and that the balancers
/// that rules name are there.
/// </summary>
internal sealed partial class ApacheChecker
{
    private static readonly string[] _flags = ["P", "NE", "L", "END", "NC", "NV", "OR", "PT", "UnsafeAllow3F", "B", "QSD", "S", "C"];

    private readonly List<ApacheFinding> _findings = [];
    private readonly HashSet<string> _balancers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(ApacheWord Word, string Balancer)> _uses = [];

    private ApacheChecker() { }

    /// <summary>What is wrong, in the order of the lines.</summary>
    public static IReadOnlyList<ApacheFinding> Check(string text)
    {
        var checker = new ApacheChecker();
        checker.CheckAll(ApacheReader.Read(text, checker._findings), inDirectory: false);
        foreach ((ApacheWord word, string balancer) in checker._uses)
        {
            if (!checker._balancers.Contains(balancer))
            {
                checker.Report(word, $"there is no balancer '{balancer}'");
            }
        }

        return [.. checker._findings.OrderBy(static finding => finding.Line).ThenBy(static finding => finding.Column)];
    }

    private void CheckAll(IReadOnlyList<ApacheDirective> directives, bool inDirectory)
    {
        bool afterIf = false;
        bool afterCondition = false;
        foreach (ApacheDirective directive in directives)
        {
            ApacheDirectives.Entry? entry = ApacheDirectives.Find(directive.Name.Text);
            int count = directive.Arguments.Count;
            if (entry is null)
            {
                Report(directive.Name, $"unknown directive '{directive.Name.Text}'");
            }
            else if (!(inDirectory ? entry.InDirectory : entry.InServer))
            {
                Report(directive.Name, $"'{directive.Name.Text}' can't stand {(inDirectory ? "in a section of a site" : "here")}");
            }
            else if (count < entry.Least || count > entry.Most)
            {
                Report(directive.Name, $"'{directive.Name.Text}' has {count} arguments");
            }

            bool isCondition = directive.Is("<If") || directive.Is("<ElseIf") || directive.Is("<Else");
            if (isCondition && !directive.Is("<If") && !afterIf)
            {
                Report(directive.Name, $"{directive.Name.Text}> without <If> before it");
            }

            if (afterCondition && !directive.Is("RewriteCond") && !directive.Is("RewriteRule"))
            {
                Report(directive.Name, "expected a RewriteRule behind RewriteCond");
            }

            afterIf = isCondition && !directive.Is("<Else");
            afterCondition = directive.Is("RewriteCond");
            CheckArguments(directive);
            if (directive.Content is { } content)
            {
                CheckAll(
                    content,
                    inDirectory || !(directive.Is("<VirtualHost") || directive.Is("<IfModule") || directive.Is("<IfDirective"))
                );
            }
        }
    }

    private void CheckArguments(ApacheDirective directive)
    {
        IReadOnlyList<ApacheWord> arguments = directive.Arguments;
        if (directive.Is("<Proxy") && arguments.Count > 0)
        {
            if (!_balancers.Add(Balancer().Match(arguments[0].Text) is { Success: true } name ? name.Groups["name"].Value : ""))
            {
                Report(arguments[0], $"a second '{arguments[0].Text}'");
            }
        }
        else if (directive.Is("RewriteRule") && arguments.Count > 1)
        {
            CheckRegex(arguments[0]);
            if (Balancer().Match(arguments[1].Text) is { Success: true } balancer)
            {
                _uses.Add((arguments[1], balancer.Groups["name"].Value));
            }
        }
        else if (directive.Is("RewriteCond") && arguments.Count > 1 && arguments[0].Text != "expr")
        {
            CheckRegex(arguments[1]);
        }

        if ((directive.Is("RewriteRule") || directive.Is("RewriteCond")) && arguments.Count > 2)
        {
            CheckFlags(arguments[2]);
        }
    }

    private void CheckRegex(ApacheWord word)
    {
        try
        {
            _ = new Regex(word.Text.TrimStart('!', '='), RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException fault)
        {
            Report(word, "a regex that can't be read: " + fault.Message);
        }
    }

    private void CheckFlags(ApacheWord word)
    {
        if (word.Text is not ['[', .., ']'])
        {
            Report(word, "expected flags in brackets");
            return;
        }

        foreach (string flag in word.Text[1..^1].Split(',').Where(static flag => !ValuedFlag().IsMatch(flag)))
        {
            if (!_flags.Contains(flag, StringComparer.OrdinalIgnoreCase))
            {
                Report(word, $"unknown flag '{flag}'");
            }
        }
    }

    private void Report(ApacheWord word, string message) => _findings.Add(new ApacheFinding(word.Line, word.Column, message));

    [GeneratedRegex("^balancer://(?<name>[A-Za-z0-9.-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Balancer();

    [GeneratedRegex("^(?:[RSTH]|E)=.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValuedFlag();
}
