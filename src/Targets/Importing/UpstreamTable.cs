using System.Text.RegularExpressions;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Importing;

/// <summary>
/// The upstreams of a spec. One that has a name or settings of its own, or that several routes use, stands under <c>upstreams</c>; the
/// others are URLs in their routes.
/// </summary>
internal sealed partial class UpstreamTable
{
    private const string Scheme = "fastcgi://";

    private readonly List<(string Name, OutputMap Settings)> _named = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<(string Url, string? Extra, OutputMap? Settings, List<OutputText> Uses)> _urls = [];

    /// <summary>Defines an upstream of the source by its name.</summary>
    public void Define(string name, OutputMap settings) => _named.Add((name, settings));

    /// <summary>The definition of a name; else null.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isUsed">Whether the spec names it, too.</param>
    public OutputMap? Find(string name, bool isUsed)
    {
        OutputMap? settings = Find(name);
        if (isUsed && settings is not null)
        {
            _used.Add(name);
        }

        return settings;
    }

    /// <summary>The definition of a name; else null.</summary>
    public OutputMap? Find(string name) => _named.Find(n => n.Name == name).Settings;

    /// <summary>A route uses an upstream by its name.</summary>
    public OutputText UseName(OutputMap route, string name, string key = "proxy")
    {
        _used.Add(name);
        return route.Set(key, name);
    }

    /// <summary>A route uses a server.</summary>
    /// <param name="route">The route.</param>
    /// <param name="url">The server's URL.</param>
    /// <param name="settings">What else is to be said of the upstream, or null.</param>
    /// <param name="key">The route's field.</param>
    public OutputText UseUrl(OutputMap route, string url, OutputMap? settings, string key = "proxy")
    {
        OutputText use = route.Set(key, url);
        int at = _urls.FindIndex(u => u.Url == url && u.Extra == settings?.Canonical);
        if (at < 0)
        {
            _urls.Add((url, settings?.Canonical, settings, [use]));
        }
        else
        {
            _urls[at].Uses.Add(use);

            // What is said of the settings is said of those that stand in the spec.
            if (settings is not null && _urls[at].Settings is { } kept)
            {
                Replace(settings, kept);
            }
        }

        return use;
    }

    /// <summary>
    /// A route runs scripts on a server or on those of an upstream, whose servers speak FastCGI from then on; null where others forward
    /// HTTP to it.
    /// </summary>
    public OutputText? UseFastCgi(OutputMap fastCgi, string server)
    {
        if (Find(server) is not { } settings)
        {
            bool isUrl = server.StartsWith("unix:", StringComparison.Ordinal);
            return UseUrl(fastCgi, isUrl ? server.TrimEnd(':') : Scheme + server, null, "server");
        }

        OutputText[] urls = [.. settings["servers"] is OutputList list ? list.Items.Select(Url) : [Url(settings["servers"])]];
        if (_used.Contains(server) && urls.Any(u => u.Text.StartsWith("http://", StringComparison.Ordinal)))
        {
            return null;
        }

        foreach (OutputText url in urls.Where(u => u.Text.StartsWith("http://", StringComparison.Ordinal)))
        {
            url.Text = Scheme + url.Text["http://".Length..];
        }

        // Each request has a connection of its own.
        settings.Take("keepalive");
        _used.Add(server);
        return fastCgi.Set("server", server);

        static OutputText Url(OutputNode? one) => (OutputText)(one is OutputMap map ? map["url"]! : one!);
    }

    /// <summary>Writes those that need it under <c>upstreams</c>, and their names into the routes.</summary>
    public void WriteTo(OutputMap spec)
    {
        var upstreams = new OutputMap();
        foreach ((string name, OutputMap settings) in _named.Where(n => _used.Contains(n.Name)))
        {
            if (settings.Entries is [("servers", OutputText only)])
            {
                upstreams.Set(name, only);
                settings.ReplaceBy(only);
            }
            else
            {
                upstreams.Set(name, settings);
            }
        }

        foreach ((string url, _, OutputMap? settings, List<OutputText> uses) in _urls)
        {
            OutputText[] there = [.. uses.Where(u => u.Parent is not null)];
            if (there.Length == 0 || (settings is null && there.Length < 2))
            {
                continue;
            }

            string name = NameOf(url, upstreams);
            if (settings is null)
            {
                upstreams.Set(name, url);
            }
            else
            {
                upstreams.Set(name, settings);
                settings.Set("servers", url);
                settings.Sort(["servers"]);
            }

            foreach (OutputText use in there)
            {
                use.Text = name;
            }
        }

        if (upstreams.Entries.Count > 0)
        {
            spec.Set("upstreams", upstreams);
        }
    }

    private static void Replace(OutputMap from, OutputMap to)
    {
        foreach ((string key, OutputNode value) in from.Entries)
        {
            if (to[key] is { } other)
            {
                value.ReplaceBy(other);
                if (value is OutputMap inner && other is OutputMap kept)
                {
                    Replace(inner, kept);
                }
            }
        }
    }

    /// <summary>A name for the upstream of a server: the first label of its host.</summary>
    public static string Label(string url)
    {
        (string host, string port, bool isAddress) = Cut(url);
        return Sanitized(isAddress ? "app" + (port.Length > 0 ? "-" + port : "") : host.Split('.')[0]);
    }

    // The first label of the host, with the port where that is taken.
    private static string NameOf(string url, OutputMap taken)
    {
        (_, string port, bool isAddress) = Cut(url);
        string label = Label(url);
        string name = label;
        for (int i = 1; taken[name] is not null; i++)
        {
            name = i == 1 && port.Length > 0 && !isAddress ? $"{label}-{port}" : $"{label}-{i + 1}";
        }

        return name;
    }

    private static (string Host, string Port, bool IsAddress) Cut(string url)
    {
        // The default of a variable of the environment names it best.
        url = Variable().Replace(url, m => m.Groups["default"].Value);
        int start = url.IndexOf("://", StringComparison.Ordinal);
        string authority = start < 0 ? url[(url.LastIndexOf('/') + 1)..] : url[(start + 3)..];
        int colon = authority.LastIndexOf(':');
        bool hasPort = colon > 0 && colon > authority.LastIndexOf(']');
        string host = hasPort ? authority[..colon] : authority;
        if (Path.GetExtension(host) is ".sock" or ".socket")
        {
            host = Path.ChangeExtension(host, null).Replace('.', '-');
        }

        return (host, hasPort ? authority[(colon + 1)..] : "", System.Net.IPAddress.TryParse(host.Trim('[', ']'), out _));
    }

    [GeneratedRegex("\uE000\\{[A-Za-z0-9_]+(:-(?<default>[^}]*))?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    private static string Sanitized(string label)
    {
        string kept = string.Concat(label.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return kept.Length == 0 || !char.IsAsciiLetter(kept[0]) ? "app-" + kept : kept;
    }
}
