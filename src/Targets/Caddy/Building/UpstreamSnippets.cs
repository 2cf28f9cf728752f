using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// The snippets of a spec's upstreams, each written once however many routes use it. Their names end with what they hold, so that none is a
/// constant snippet's.
/// </summary>
/// <param name="imports">Whether there may be snippets.</param>
internal sealed class UpstreamSnippets(bool imports)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly UniqueNames _unique = new(StringComparer.Ordinal, '_');
    private readonly List<UpstreamSnippetView> _snippets = [];

    /// <summary>The snippets, in the order of their first use.</summary>
    public IReadOnlyList<UpstreamSnippetView> All => _snippets;

    /// <summary>The proxy with snippets for what is more than one server; the same where there are none.</summary>
    /// <param name="view">The proxy.</param>
    /// <param name="name">What the upstream is called.</param>
    public ProxyView Share(ProxyView view, string name)
    {
        if (!imports)
        {
            return view;
        }

        return view with
        {
            UpstreamSnippet = view.Address is not null
                ? null
                : Name(view.Upstream.Key, name + "_servers", snippet => new UpstreamSnippetView(snippet, view.Upstream, null)),
            TransportSnippet = view.Transport is not { } transport
                ? null
                : Name(transport.ToString(), name + "_transport", snippet => new UpstreamSnippetView(snippet, null, transport)),
        };
    }

    /// <summary>
    /// A name as a part of a snippet's: its letters, digits and hyphens, others as <c>_</c>; null where it has none of them.
    /// </summary>
    public static string? Word(string name)
    {
        string word = string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_')).Trim('_', '-');
        return word.Length is 0 or > 40 ? null : word;
    }

    private string Name(string key, string wanted, Func<string, UpstreamSnippetView> make)
    {
        if (_names.TryGetValue(key, out string? name))
        {
            return name;
        }

        name = _unique.Of(wanted);
        _names.Add(key, name);
        _snippets.Add(make(name));
        return name;
    }
}
