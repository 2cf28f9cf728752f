using System.Text;
using Confgen.Model.Regexes;

namespace Confgen.Cli.Importing.Proving;

/// <summary>A text that a regex matches, where one is easily made.</summary>
internal static class RegexSample
{
    /// <summary>A path; null where the text that was made isn't matched, as beside anchors in the middle.</summary>
    public static string? PathOf(RegexPattern regex)
    {
        var text = new StringBuilder();
        Write(regex.Root, text);
        string sample = text.ToString();
        string path = sample.StartsWith('/') ? sample : "/" + sample;
        return regex.IsMatch(path) ? path
            : regex.IsMatch("/a" + sample) ? "/a" + sample
            : null;
    }

    private static void Write(RegexNode node, StringBuilder text)
    {
        switch (node)
        {
            case RegexSequence sequence:
                foreach (RegexNode item in sequence.Items)
                {
                    Write(item, text);
                }

                break;
            case RegexAlternation alternation:
                Write(alternation.Branches[0], text);
                break;
            case RegexGroup group:
                Write(group.Body, text);
                break;
            case RegexRepeat repeat:
                for (int i = 0; i < Math.Max(repeat.Min, repeat.Max == 0 ? 0 : 1); i++)
                {
                    Write(repeat.Body, text);
                }

                break;
            case RegexLiteral literal:
                text.Append(literal.Char.ToString());
                break;
            case RegexAnyChar:
                text.Append('a');
                break;
            case RegexClass one:
                text.Append("a1xA-_/.z09b".FirstOrDefault(c => one.Set.Contains(c), 'a'));
                break;
        }
    }
}
