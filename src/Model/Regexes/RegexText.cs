using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>Pieces for those who compose a regex for an engine by hand.</summary>
public static class RegexText
{
    /// <summary>A text that matches itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dialect">The engine.</param>
    public static string Escape(ReadOnlySpan<char> text, RegexDialect dialect)
    {
        var items = new List<RegexNode>(text.Length);
        foreach (Rune c in text.EnumerateRunes())
        {
            items.Add(new RegexLiteral(c, IgnoreCase: false) { Start = 0, End = 0 });
        }

        return RegexWriter.Write(new RegexSequence(items.ToValueList()) { Start = 0, End = 0 }, dialect, groupPrefix: null);
    }

    /// <summary>The end of the text, never before a newline: <c>\z</c>, in RE2 <c>$</c>.</summary>
    public static string EndOfText(RegexDialect dialect) => dialect == RegexDialect.Re2 ? "$" : @"\z";
}
