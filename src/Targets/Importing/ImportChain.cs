namespace Confgen.Targets.Importing;

/// <summary>
/// What is being read of files, snippets or named routes that name one another: bounds their depth, finds what reads itself, and bounds
/// how many there are altogether, since ten that each name the next one ten times would be ten billion.
/// </summary>
internal sealed class ImportChain
{
    private const int Deepest = 32;
    private const int Most = 100_000;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Begins with one; false where it must not be read here.</summary>
    public bool TryOpen(string name)
    {
        if (_open.Count == Deepest || _count == Most || !_open.Add(name))
        {
            return false;
        }

        _count++;
        return true;
    }

    /// <summary>Ends one that <see cref="TryOpen"/> began.</summary>
    public void Close(string name) => _open.Remove(name);
}
