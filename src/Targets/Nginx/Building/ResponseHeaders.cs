using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// What becomes of a response's fields: those of the upstream that are hidden, and those that nginx adds. In nginx one such directive in
/// a block hides all of the outer block's.
/// </summary>
internal sealed class ResponseHeaders
{
    private const string CacheControl = "Cache-Control";

    private readonly NginxBuild _build;
    private readonly List<(string Name, List<string> Values)> _added = [];
    private readonly List<string> _hidden = [];
    private readonly List<ServerHeaderView> _serverHeader = [];

    public ResponseHeaders(NginxBuild build) => _build = build;

    /// <summary>A copy that further rules can be applied to.</summary>
    public ResponseHeaders(ResponseHeaders other)
        : this(other._build)
    {
        _added.AddRange(other._added.Select(header => (header.Name, new List<string>(header.Values))));
        _hidden.AddRange(other._hidden);
        _serverHeader.AddRange(other._serverHeader);
        CacheOfSuccess = other.CacheOfSuccess;
    }

    /// <summary>The names of the fields that are added.</summary>
    public IEnumerable<string> Names => _added.Select(static header => header.Name);

    /// <summary>What is sent as Cache-Control with successful responses and redirects alone; or null.</summary>
    public string? CacheOfSuccess { get; private set; }

    /// <summary>The upstream's headers that are not passed.</summary>
    public IReadOnlyList<string> Hidden => _hidden;

    /// <summary>What becomes of the Server header.</summary>
    public IReadOnlyList<ServerHeaderView> ServerHeader => _serverHeader;

    /// <summary>Whether the rules say the Content-Type: of its own responses nginx would send its own beside it.</summary>
    public bool ReplacesType =>
        _hidden.Contains("Content-Type", StringComparer.OrdinalIgnoreCase)
        && _added.Exists(static header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of the lines of a name that are added.</summary>
    public IReadOnlyList<string> ValuesOf(string name) =>
        _added.Find(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Values ?? [];

    /// <summary>Applies rules: removals, then what is set, then what is added.</summary>
    public void Apply(HeaderEdits rules, string? upstream)
    {
        foreach (HeaderName removed in rules.Remove)
        {
            if (removed.Name.Equals("Server", StringComparison.OrdinalIgnoreCase))
            {
                _serverHeader.Add(new ServerHeaderView(null));
                continue;
            }

            Hide(removed.Name);
        }

        foreach (HeaderValue set in rules.Set)
        {
            string value = _build.Template(set.Value, set.At.Span, upstream);
            if (set.Name.Equals("Server", StringComparison.OrdinalIgnoreCase))
            {
                _serverHeader.Add(new ServerHeaderView(_build.Use(More(set), set.At.Span)));
                continue;
            }

            Set(set.Name, value);
        }

        foreach (HeaderValue added in rules.Add)
        {
            Add(added.Name, _build.Template(added.Value, added.At.Span, upstream));
        }
    }

    /// <summary>Replaces every line of the name.</summary>
    public void Set(string name, string value)
    {
        Hide(name);
        Entry(name).Add(value);
    }

    /// <summary>Appends a line.</summary>
    public void Add(string name, string value) => Entry(name).Add(value);

    /// <summary>Replaces Cache-Control of successful responses and redirects.</summary>
    public void Cache(string value)
    {
        Hide(CacheControl);
        CacheOfSuccess = value;
    }

    /// <summary>Removes every line of the name.</summary>
    public void Hide(string name)
    {
        if (name.Equals(CacheControl, StringComparison.OrdinalIgnoreCase))
        {
            CacheOfSuccess = null;
        }

        if (!_hidden.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _hidden.Add(NginxQuoting.HeaderName(name).Text);
        }

        _added.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    // headers-more takes the whole line as one argument.
    private static NginxQuoted More(HeaderValue header) =>
        new NginxText().HeaderLiteral(header.Name + ": " + (header.Value.AsLiteral ?? "")).ToQuoted();

    private List<string> Entry(string name)
    {
        foreach ((string known, List<string> values) in _added)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return values;
            }
        }

        _added.Add((NginxQuoting.HeaderName(name).Text, []));
        return _added[^1].Values;
    }
}
