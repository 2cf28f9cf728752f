using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Model.Differences;

/// <summary>
/// Cuts all normalised paths into the classes that the matchers of two sites tell apart. The classes come from a walk over the product of
/// the trie of paths and the automata of the regexes, so none that a path can reach is left out, unless the product is larger than the
/// bound.
/// </summary>
internal sealed class PathPartition
{
    /// <summary>The most states of the product that are walked.</summary>
    public const int MostStates = 30_000;

    // Each state steps through every regex: with thousands of them, fewer states take as long.
    private const int MostSteps = 5_000_000;

    private const byte Slash = (byte)'/';
    private const byte Dot = (byte)'.';

    private readonly PathTrie _trie;
    private readonly RegexPattern[] _regexes;
    private readonly List<PathClass> _classes = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public PathPartition(IEnumerable<PathMatcher> matchers)
    {
        PathMatcher[] all = [.. matchers];
        _trie = new PathTrie(
            all.Where(m => m.Kind == PathMatcherKind.Prefix).Select(m => m.Text),
            all.Where(m => m.Kind == PathMatcherKind.Exact).Select(m => m.Text)
        );
        _regexes = [.. all.Select(m => m.Regex).OfType<RegexPattern>().DistinctBy(r => r.Text, StringComparer.Ordinal)];

        // Without regexes the texts themselves are the samples; with them the walk finds what lies between.
        foreach (string text in _trie.Texts)
        {
            Add(Find(text));
            Add(Below(text));
        }

        IsComplete = _regexes.Length == 0 || Walk();
    }

    /// <summary>Whether every class is there; where not, the regexes make more states than are walked.</summary>
    public bool IsComplete { get; }

    /// <summary>The classes, none empty.</summary>
    public IReadOnlyList<PathClass> Classes => _classes;

    /// <summary>The class of a normalised path, a character for each byte; its sample is the path.</summary>
    public PathClass Find(string path)
    {
        (string? exact, string prefix) = _trie.Find(path);
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        return new PathClass(exact, prefix, [.. _regexes.Where(r => r.IsMatch(bytes)).Select(r => r.Text)], path);
    }

    // A path below a prefix that is in no longer one and is no exact path: some name is free.
    private PathClass Below(string text)
    {
        string folder = text.EndsWith('/') ? text : text + "/";
        (string? _, string prefix) = _trie.Find(folder + "/");
        string name = "x";
        PathClass found = Find(folder + name);
        while (found.Exact is not null || found.Prefix != prefix)
        {
            name += "x";
            found = Find(folder + name);
        }

        return found;
    }

    private void Add(PathClass found)
    {
        bool isNormal = found.Sample.StartsWith('/') && !found.Sample.Contains("//", StringComparison.Ordinal);
        if (isNormal && _keys.Add(Key(found)))
        {
            _classes.Add(found);
        }
    }

    private static string Key(PathClass of) => $"{(of.Exact is null ? "p" + of.Prefix : "e" + of.Exact)}\0{string.Join('\0', of.Matching)}";

    private bool Walk()
    {
        RegexAutomaton[] automata = [.. _regexes.Select(r => new RegexAutomaton(r))];
        byte[][] groups = Groups(automata);
        var seen = new HashSet<Place>();
        var pending = new Queue<Place>();
        Visit(new Place(null, 0, 0, "/", Segment.None, [.. automata.Select(a => a.Start)]));
        while (pending.TryDequeue(out Place? at))
        {
            End(at, automata);
            if (seen.Count > MostStates || (long)seen.Count * automata.Length > MostSteps)
            {
                return false;
            }

            foreach (byte next in Choices(at.Node, groups))
            {
                if (Step(at, next, automata) is { } to)
                {
                    Visit(to);
                }
            }
        }

        return true;

        void Visit(Place place)
        {
            if (seen.Add(place))
            {
                pending.Enqueue(place);
            }
        }
    }

    private Place? Step(Place at, byte next, RegexAutomaton[] automata)
    {
        // A path starts with a slash; empty segments and those of dots alone are in no normalised path.
        Segment? segment = (at.Segment, next) switch
        {
            (Segment.None, not Slash) => null,
            (Segment.None, _) => Segment.Empty,
            (Segment.Empty or Segment.Dot or Segment.DotDot, Slash) => null,
            (Segment.Empty, Dot) => Segment.Dot,
            (Segment.Dot, Dot) => Segment.DotDot,
            (_, Slash) => Segment.Empty,
            _ => Segment.Name,
        };
        if (segment is not { } reached)
        {
            return null;
        }

        string prefix = next == Slash && _trie.PrefixAt(at.Node) is { } complete ? complete : at.Prefix;
        return new Place(at, next, _trie.Step(at.Node, next), prefix, reached, [.. automata.Select((a, i) => a.Step(at.States[i], next))]);
    }

    private void End(Place at, RegexAutomaton[] automata)
    {
        if (at.Segment is Segment.Empty or Segment.Name)
        {
            string prefix = _trie.PrefixAt(at.Node) ?? at.Prefix;
            ValueList<string> matching = [.. _regexes.Where((_, i) => automata[i].AcceptsAtEnd(at.States[i])).Select(r => r.Text)];
            Add(new PathClass(_trie.ExactAt(at.Node), prefix, matching, at.Text()));
        }
    }

    // One byte of each group that leads off the trie, and those that lead on in it.
    private IEnumerable<byte> Choices(int node, byte[][] groups)
    {
        HashSet<byte> leading = [.. _trie.Next(node)];
        return groups.Select(g => Array.Find(g, b => !leading.Contains(b))).Where(b => b != 0).Concat(leading);
    }

    // Bytes that no regex, and no rule of normal paths, tells apart; the most readable first. A path has no NUL.
    private static byte[][] Groups(RegexAutomaton[] automata)
    {
        Func<byte, bool>[] distinctions = [b => b == Slash, b => b == Dot, b => b == '\\', .. automata.SelectMany(a => a.Distinctions())];
        IEnumerable<byte> bytes = Enumerable
            .Range(1, 255)
            .Select(b => (byte)b)
            .OrderBy(b =>
                b is >= (byte)'a' and <= (byte)'z' ? (b - 'a' + 3) % 26
                : char.IsAsciiLetterOrDigit((char)b) ? 100
                : b is > (byte)' ' and < 127 ? 200
                : 300
            );
        return
        [
            .. bytes
                .GroupBy(b => string.Concat(distinctions.Select(d => d(b) ? '1' : '0')), StringComparer.Ordinal)
                .Select(g => g.ToArray()),
        ];
    }

    private enum Segment
    {
        None,
        Empty,
        Dot,
        DotDot,
        Name,
    }

    // A state of the product, with the way that led to it, which takes no part in its identity.
    private sealed class Place(Place? before, byte by, int node, string prefix, Segment segment, int[] states) : IEquatable<Place>
    {
        public int Node => node;

        public string Prefix => prefix;

        public Segment Segment => segment;

        public int[] States => states;

        public string Text()
        {
            var text = new Stack<char>();
            for (Place at = this; at.Before is { } earlier; at = earlier)
            {
                text.Push((char)at.By);
            }

            return string.Concat(text);
        }

        private Place? Before => before;

        private byte By => by;

        public bool Equals(Place? other) =>
            other is not null
            && node == other.Node
            && segment == other.Segment
            && prefix == other.Prefix
            && states.AsSpan().SequenceEqual(other.States);

        public override bool Equals(object? obj) => Equals(obj as Place);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(node);
            hash.Add(segment);
            hash.Add(prefix, StringComparer.Ordinal);
            foreach (int state in states)
            {
                hash.Add(state);
            }

            return hash.ToHashCode();
        }
    }
}
