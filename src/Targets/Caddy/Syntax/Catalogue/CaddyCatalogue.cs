using System.Globalization;

namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>All words of the Caddyfile language that a stock Caddy 2.6 to 2.11 knows.</summary>
internal sealed class CaddyCatalogue
{
    private readonly Dictionary<string, CaddyWordList> _lists = new(StringComparer.Ordinal);

    private CaddyCatalogue()
    {
        foreach (string file in (ReadOnlySpan<string>)["sites.txt", "upstreams.txt", "servers.txt"])
        {
            // The tables are written in the language that they describe.
            foreach (
                CaddyNode list in CaddyParser
                    .Parse(Text(file), CaddyVersion.Newest, file)
                    .Nodes.Where(static node => node.Kind != CaddyNodeKind.Comment)
            )
            {
                Fill(List(list.Tokens[0].Text), list.Block ?? []);
            }
        }
    }

    public static CaddyCatalogue Standard { get; } = new();

    public CaddyWordList Directives => _lists["directives"];

    public CaddyWordList Globals => _lists["globals"];

    public CaddyWordList Matchers => _lists["matchers"];

    private CaddyWordList List(string name)
    {
        if (!_lists.TryGetValue(name, out CaddyWordList? list))
        {
            _lists.Add(name, list = new CaddyWordList());
        }

        return list;
    }

    private void Fill(CaddyWordList list, IReadOnlyList<CaddyNode> lines)
    {
        foreach (CaddyNode line in lines)
        {
            if (line.Name == "use")
            {
                list.Uses.Add(List(line.Tokens[1].Text));
                continue;
            }

            CaddyWord word = Word(line);
            if (line.Block is [{ Name: "use" } use])
            {
                word.Block = List(use.Tokens[1].Text);
            }
            else if (line.Block is { } block)
            {
                Fill(word.Block = new CaddyWordList(), block);
            }

            list.Add(word);
        }
    }

    private static string Text(string file)
    {
        using Stream stream =
            typeof(CaddyCatalogue).Assembly.GetManifestResourceStream(typeof(CaddyCatalogue), file)
            ?? throw new InvalidOperationException("there is no resource " + file);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static CaddyWord Word(CaddyNode line)
    {
        string count = line.Tokens[1].Text;
        int dash = count.IndexOf('-', StringComparison.Ordinal);
        bool open = count.EndsWith('+');
        var since = new CaddyVersion(0);
        CaddyVersion? until = null;
        bool matcher = false,
            site = false,
            response = false,
            modules = false;
        foreach (CaddyToken flag in line.Tokens.AsSpan(2))
        {
            string[] parts = flag.Text.Split('=');
            switch (parts[0])
            {
                case "matcher":
                    matcher = true;
                    break;
                case "site":
                    site = true;
                    break;
                case "response":
                    response = true;
                    break;
                case "modules":
                    modules = true;
                    break;
                case "since" when CaddyVersion.TryParse(parts[1], out CaddyVersion first):
                    since = first;
                    break;
                case "until" when CaddyVersion.TryParse(parts[1], out CaddyVersion last):
                    until = last;
                    break;
                default:
                    throw new FormatException($"line {line.Line} of the catalogue says '{flag.Text}'");
            }
        }

        return new CaddyWord
        {
            Name = line.Name,
            Least = int.Parse(dash > 0 ? count[..dash] : count.TrimEnd('+'), CultureInfo.InvariantCulture),
            Most = open ? int.MaxValue : int.Parse(dash > 0 ? count[(dash + 1)..] : count, CultureInfo.InvariantCulture),
            Since = since,
            Until = until,
            TakesMatcher = matcher,
            OnlyInSite = site,
            OnlyInResponse = response,
            NamesModule = modules,
        };
    }
}
