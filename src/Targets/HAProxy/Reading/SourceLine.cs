using Confgen.Targets.Importing;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>A line of a section.</summary>
/// <param name="Words">Its words.</param>
/// <param name="Entry">What becomes of it.</param>
internal sealed record SourceLine(IReadOnlyList<string> Words, LedgerEntry Entry)
{
    /// <summary>A word; empty where the line is shorter.</summary>
    public string this[int index] => index < Words.Count ? Words[index] : "";

    /// <summary>Whether the line begins with these words.</summary>
    public bool Is(params ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (this[i] != words[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The words behind a word; none where the line doesn't have it.</summary>
    public IReadOnlyList<string> Behind(string word)
    {
        int at = Words.ToList().IndexOf(word);
        return at < 0 ? [] : [.. Words.Skip(at + 1)];
    }
}
