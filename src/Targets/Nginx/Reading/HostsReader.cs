using Confgen.Model.Units;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>server_name</c>.</summary>
internal static class HostsReader
{
    /// <summary>The hosts as a spec writes them; what it can't write is lost.</summary>
    /// <param name="server">The server.</param>
    /// <param name="listeners">Where it listens.</param>
    /// <param name="problems">Takes the directives whose names have no counterpart, with the reason.</param>
    public static List<string> Read(SourceDirective server, Listeners listeners, List<(SourceDirective Directive, string Reason)> problems)
    {
        var hosts = new List<string>();
        foreach (SourceDirective directive in server.Children.Where(d => d.Name == "server_name"))
        {
            foreach (string name in directive.Arguments)
            {
                Add(directive, name, hosts, problems);
            }
        }

        if ((hosts.Count == 0 && problems.Count == 0) || listeners.IsDefault)
        {
            Add(hosts, "_");
        }

        return hosts;
    }

    /// <summary>A host in place of names that a spec can't write, for a reader to put right.</summary>
    public static string Guess(SourceDirective server)
    {
        string name = server.Children.Find(d => d.Name == "server_name")?.First ?? "";
        string label = name.Split('.')[0];
        return HostPattern.TryParse(label, out _, out _) ? label + ".example.com" : "app.example.com";
    }

    private static void Add(SourceDirective directive, string name, List<string> hosts, List<(SourceDirective, string)> problems)
    {
        // Names that nobody asks for are how people write a server for all others.
        if (name is "_" or "" or "__" or "-" or "!_" or "*")
        {
            Add(hosts, "_");
        }
        else if (name.StartsWith('.') && HostPattern.TryParse(name[1..], out _, out _))
        {
            Add(hosts, name[1..]);
            Add(hosts, "*" + name);
        }
        else if (name.StartsWith('~'))
        {
            problems.Add((directive, "a host is a name, not a regex"));
        }
        else if (name.Contains('$', StringComparison.Ordinal))
        {
            problems.Add((directive, $"invalid host '{name}': it holds a variable"));
        }
        else if (!HostPattern.TryParse(name, out _, out string? problem))
        {
            problems.Add((directive, problem ?? $"invalid host '{name}'"));
        }
        else
        {
            Add(hosts, name);
        }
    }

    private static void Add(List<string> hosts, string host)
    {
        if (!hosts.Contains(host))
        {
            hosts.Add(host);
        }
    }
}
