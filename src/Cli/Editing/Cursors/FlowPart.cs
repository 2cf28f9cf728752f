namespace Confgen.Cli.Editing.Cursors;

/// <summary>The brackets of flow style (<c>{ a: 1, b: [</c>) that are open at a place, and the keys that lead through them.</summary>
internal sealed class FlowPart
{
    private readonly List<Level> _levels = [];
    private int _start;
    private char _quote;
    private bool _isEscaped;

    /// <summary>Whether a bracket is open.</summary>
    public bool IsOpen => _levels.Count > 0;

    /// <summary>Whether the innermost open bracket is that of a map whose next key is to come.</summary>
    public bool AwaitsKey => _levels.Count > 0 && _levels[^1] is { IsMap: true, Key: null };

    /// <summary>The keys, and null for an item of a list, from the outermost bracket inwards; without the key that is to come.</summary>
    public IEnumerable<string?> Path
    {
        get
        {
            foreach (Level level in _levels)
            {
                if (!level.IsMap)
                {
                    yield return null;
                }
                else if (level.Key is { } key)
                {
                    yield return key;
                }
            }
        }
    }

    /// <summary>The keys that the innermost map has before the place.</summary>
    public IReadOnlyCollection<string> Keys => _levels.Count > 0 ? _levels[^1].Keys : [];

    /// <summary>The text of the key or value under way, from <see cref="Start"/> on.</summary>
    public int Start => _start;

    /// <summary>Reads a text from a place on.</summary>
    public static FlowPart Of(string text, int from)
    {
        var part = new FlowPart { _start = from };
        for (int i = from; i < text.Length; i++)
        {
            part.Take(text, i);
        }

        while (part._start < text.Length && text[part._start] is ' ' or '\n' or '\r')
        {
            part._start++;
        }

        return part;
    }

    private void Take(string text, int at)
    {
        char c = text[at];
        if (_quote != '\0')
        {
            if (!_isEscaped && c == _quote)
            {
                _quote = '\0';
            }

            _isEscaped = !_isEscaped && c == '\\' && _quote == '"';
            return;
        }

        bool isAtStart = text.AsSpan(_start, at - _start).IsWhiteSpace();
        switch (c)
        {
            case '"' or '\'' when isAtStart:
                _quote = c;
                break;
            case '{' or '[' when isAtStart:
                _levels.Add(new Level(c == '{'));
                _start = at + 1;
                break;
            case '}' or ']' when _levels.Count > 0:
                _levels.RemoveAt(_levels.Count - 1);
                _start = at + 1;
                break;
            case ',' when _levels.Count > 0:
                _levels[^1].Key = null;
                _start = at + 1;
                break;
            case ':' when AwaitsKey && (at + 1 == text.Length || text[at + 1] is ' ' or '\n'):
                string key = text[_start..at].Trim().Trim('"', '\'');
                _levels[^1].Key = key;
                _levels[^1].Keys.Add(key);
                _start = at + 1;
                break;
            default:
                break;
        }
    }

    private sealed class Level(bool isMap)
    {
        public bool IsMap => isMap;

        public string? Key { get; set; }

        public List<string> Keys { get; } = [];
    }
}
