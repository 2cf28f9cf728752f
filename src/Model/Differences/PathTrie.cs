using System.Text;

namespace Confgen.Model.Differences;

/// <summary>The exact paths and prefixes of matchers as a trie over bytes; <c>/</c> is always one of the prefixes.</summary>
internal sealed class PathTrie
{
    /// <summary>Where no text of the trie starts with the path any more.</summary>
    public const int Off = -1;

    private readonly List<Dictionary<byte, int>> _children =
    [
        [],
    ];
    private readonly List<string?> _prefixes = [null];
    private readonly List<string?> _exacts = [null];

    public PathTrie(IEnumerable<string> prefixes, IEnumerable<string> exacts)
    {
        foreach (string prefix in prefixes.Append("/"))
        {
            string text = Bytes(prefix);
            text = text.Length > 1 ? text.TrimEnd('/') : text;
            _prefixes[Add(text)] = text;
        }

        foreach (string exact in exacts)
        {
            _exacts[Add(Bytes(exact))] = Bytes(exact);
        }
    }

    /// <summary>Every text of the trie, a character for each byte.</summary>
    public IEnumerable<string> Texts => _prefixes.Concat(_exacts).OfType<string>();

    /// <summary>The node behind a byte, or <see cref="Off"/>.</summary>
    public int Step(int node, byte next) => node != Off && _children[node].TryGetValue(next, out int to) ? to : Off;

    /// <summary>The bytes that lead on from a node.</summary>
    public IEnumerable<byte> Next(int node) => node == Off ? [] : _children[node].Keys;

    /// <summary>The prefix that is complete at a node and holds where a slash or the end follows; null where there is none.</summary>
    public string? PrefixAt(int node) => node == Off ? null : _prefixes[node];

    /// <summary>The exact path that is complete at a node; null where there is none.</summary>
    public string? ExactAt(int node) => node == Off ? null : _exacts[node];

    /// <summary>The exact path and the longest prefix of a normalised path.</summary>
    public (string? Exact, string Prefix) Find(string path)
    {
        (int node, string prefix) = (0, "/");
        foreach (char c in path)
        {
            prefix = c == '/' && PrefixAt(node) is { } complete ? complete : prefix;
            node = Step(node, (byte)c);
        }

        return (ExactAt(node), PrefixAt(node) ?? prefix);
    }

    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private int Add(string text)
    {
        int node = 0;
        foreach (char c in text)
        {
            if (!_children[node].TryGetValue((byte)c, out int next))
            {
                _children[node][(byte)c] = next = _children.Count;
                _children.Add([]);
                _prefixes.Add(null);
                _exacts.Add(null);
            }

            node = next;
        }

        return node;
    }
}
