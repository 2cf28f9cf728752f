namespace Confgen.Targets.Caddy.Syntax;

/// <summary>Gives one string for equal texts of short tokens: a big file says the same hundred words over and over.</summary>
internal sealed class CaddyTextPool
{
    private const int Longest = 48;

    private readonly string?[] _slots = new string?[4096];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > Longest)
        {
            return text.ToString();
        }

        ref string? slot = ref _slots[string.GetHashCode(text, StringComparison.Ordinal) & (_slots.Length - 1)];
        if (slot is null || !text.SequenceEqual(slot))
        {
            slot = text.ToString();
        }

        return slot;
    }
}
