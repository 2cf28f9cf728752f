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
    private readonly List<(string Name, List<AddedLine> Lines)> _added = [];
    private readonly List<string> _hidden = [];
    private readonly List<ServerHeaderView> _serverHeader = [];

    public ResponseHeaders(NginxBuild build) => _build = build;

    /// <summary>A copy that further rules can be applied to.</summary>
    public ResponseHeaders(ResponseHeaders other)
        : this(other._build)
    {
        _added.AddRange(other._added.Select(header => (header.Name, new List<AddedLine>(header.Lines))));
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
        [.. (Find(name) ?? []).Select(line => line.OnSuccess == line.OnError ? line.OnError : "$" + ByStatus(name, line))];

    /// <summary>Applies rules: removals, then what is set, then what is added.</summary>
    public void Apply(HeaderEdits rules, string? upstream)
    {
        foreach (HeaderName removed in rules.Remove)
        {
            if (removed.Name.Equals("Server", StringComparison.OrdinalIgnoreCase))
            {
                _serverHeader.AddRange(_build.Settings.HasHeadersMore ? [new ServerHeaderView(null)] : []);
                continue;
            }

            if (rules.OnSuccess)
            {
                HideOnSuccess(removed.Name);
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

            if (rules.OnSuccess)
            {
                HideOnSuccess(set.Name);
                AddOnSuccess(set.Name, value);
                continue;
            }

            Set(set.Name, value);
        }

        foreach (HeaderValue added in rules.Add)
        {
            string value = _build.Template(added.Value, added.At.Span, upstream);
            if (rules.OnSuccess)
            {
                AddOnSuccess(added.Name, value);
            }
            else
            {
                Add(added.Name, value);
            }
        }
    }

    /// <summary>Replaces every line of the name.</summary>
    public void Set(string name, string value)
    {
        Hide(name);
        Add(name, value);
    }

    /// <summary>Appends a line.</summary>
    public void Add(string name, string value) => Entry(name).Add(new AddedLine(value, value));

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

    // An error keeps what earlier rules give it, or else what its upstream says.
    private void HideOnSuccess(string name)
    {
        bool isCache = name.Equals(CacheControl, StringComparison.OrdinalIgnoreCase);
        bool hidden = _hidden.Contains(name, StringComparer.OrdinalIgnoreCase) && !(isCache && CacheOfSuccess is not null);
        if (!hidden)
        {
            List<AddedLine> before = [.. Find(name) ?? []];
            Hide(name);
            Entry(name).AddRange([new AddedLine(RouteValues.Nothing, "$upstream_http_" + NginxNames.HeaderVariable(name)), .. before]);
        }

        List<AddedLine> lines = Entry(name);
        for (int i = 0; i < lines.Count; i++)
        {
            lines[i] = lines[i] with { OnSuccess = RouteValues.Nothing };
        }
    }

    private void AddOnSuccess(string name, string value)
    {
        List<AddedLine> lines = Entry(name);
        int last = lines.FindLastIndex(static line => line.OnSuccess != RouteValues.Nothing);
        if (last + 1 < lines.Count)
        {
            lines[last + 1] = lines[last + 1] with { OnSuccess = value };
        }
        else
        {
            lines.Add(new AddedLine(value, RouteValues.Nothing));
        }
    }

    private string ByStatus(string name, AddedLine line) =>
        _build.Map(
            NginxNames.Join(name, "by_status"),
            new MapView
            {
                Source = "$" + SharedVariables.Success,
                Variable = "",
                Lines = [new MapLineView("default", line.OnError), new MapLineView("1", line.OnSuccess)],
            }
        );

    private List<AddedLine>? Find(string name) => _added.Find(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Lines;

    private List<AddedLine> Entry(string name)
    {
        if (Find(name) is { } lines)
        {
            return lines;
        }

        _added.Add((NginxQuoting.HeaderName(name).Text, []));
        return _added[^1].Lines;
    }

    /// <summary>A line that is added, by the status of the response; <see cref="RouteValues.Nothing"/> for none.</summary>
    private sealed record AddedLine(string OnSuccess, string OnError);
}
