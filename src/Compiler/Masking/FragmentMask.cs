using System.Text;

namespace Confgen.Compiler.Masking;

/// <summary>
/// Replaces what is shared with known values: not only a whole value but each piece of some length, because messages cut and split what
/// they quote. Without regard to case.
/// </summary>
internal sealed class FragmentMask
{
    /// <summary>The shortest piece that is recognised.</summary>
    public const int Piece = 8;

    // Shorter values are as likely words of a message; they are replaced where a message quotes them whole.
    private const int ShortestWhole = 3;

    // Pieces are kept in memory: beyond it only whole values are found.
    private const int MostPieces = 1_000_000;

    private readonly Dictionary<string, string> _pieces = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Quoted, string Label)> _short = [];

    /// <summary>Makes a mask.</summary>
    /// <param name="values">The values, each with what is shown in its place.</param>
    public FragmentMask(IEnumerable<(string Value, string Label)> values)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        int tried = 0;
        foreach ((string value, string label) in values)
        {
            if (value.Length is >= ShortestWhole and < Piece)
            {
                _short.Add(($"'{value}'", $"'{label}'"));
            }

            for (int i = 0; i + Piece <= value.Length && tried < MostPieces; i++, tried++)
            {
                pieces.TryAdd(value.AsSpan(i, Piece), label);
            }
        }
    }

    /// <summary>Forgets the pieces that stand in a text which anybody may see.</summary>
    public void Allow(string text)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; _pieces.Count > 0 && i + Piece <= text.Length; i++)
        {
            pieces.Remove(text.AsSpan(i, Piece));
        }
    }

    /// <summary>Whether a text has a piece of a value.</summary>
    public bool Finds(string text) => Next(text, 0) >= 0;

    /// <summary>The text with every piece of a value replaced.</summary>
    public string Apply(string text)
    {
        foreach ((string quoted, string label) in _short)
        {
            text = text.Replace(quoted, label, StringComparison.Ordinal);
        }

        int found = Next(text, 0);
        if (found < 0)
        {
            return text;
        }

        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        var shown = new StringBuilder();
        int at = 0;
        for (; found >= 0; found = Next(text, at))
        {
            shown.Append(text, at, found - at).Append(pieces[text.AsSpan(found, Piece)]);
            at = found + Piece;
            while (at < text.Length && pieces.ContainsKey(text.AsSpan(at - Piece + 1, Piece)))
            {
                at++;
            }
        }

        return shown.Append(text, at, text.Length - at).ToString();
    }

    private int Next(string text, int from)
    {
        if (_pieces.Count == 0)
        {
            return -1;
        }

        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = from; i + Piece <= text.Length; i++)
        {
            if (pieces.ContainsKey(text.AsSpan(i, Piece)))
            {
                return i;
            }
        }

        return -1;
    }
}
