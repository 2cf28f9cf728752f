namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>The words that a block may hold.</summary>
internal sealed class CaddyWordList
{
    private readonly Dictionary<string, CaddyWord> _words = new(StringComparer.Ordinal);

    /// <summary>Lists whose words may stand here, too.</summary>
    public List<CaddyWordList> Uses { get; } = [];

    /// <summary>What a line of any other name is; null where there is no such line.</summary>
    public CaddyWord? Other { get; private set; }

    /// <summary>What a line that starts with <c>@</c> is; null where there is no such line.</summary>
    public CaddyWord? Matcher { get; private set; }

    public IEnumerable<CaddyWord> Words => _words.Values.Concat(Uses.SelectMany(static list => list.Words));

    public void Add(CaddyWord word)
    {
        if (word.Name == "...")
        {
            Other = word;
        }
        else if (word.Name == "@")
        {
            Matcher = word;
        }
        else
        {
            _words.Add(word.Name, word);
        }
    }

    public CaddyWord? Find(string name)
    {
        if (_words.TryGetValue(name, out CaddyWord? word))
        {
            return word;
        }

        foreach (CaddyWordList list in Uses)
        {
            if (list.Find(name) is { } found)
            {
                return found;
            }
        }

        return name.StartsWith('@') && Matcher is { } matcher ? matcher : Other;
    }
}
