using System.Text;

namespace Confgen.Model.Units;

/// <summary>Texts of the user in messages: quoted, in one line, of a bearable length.</summary>
internal static class Shown
{
    private const int Longest = 80;

    /// <summary>The text between single quotes, control characters as escapes, cut where it is long.</summary>
    public static string Text(ReadOnlySpan<char> text)
    {
        bool cut = text.Length > Longest;
        ReadOnlySpan<char> part = cut ? text[..Longest] : text;
        var shown = new StringBuilder(part.Length + 8).Append('\'');
        foreach (char c in part)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
            {
                shown.Append("\\u").Append(((int)c).ToString("x4", null));
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.Append(cut ? "…'" : "'").ToString();
    }
}
