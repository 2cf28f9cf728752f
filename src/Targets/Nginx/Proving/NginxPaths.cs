using System.Globalization;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Targets.Nginx.Proving;

/// <summary>The paths that a configuration names.</summary>
internal static class NginxPaths
{
    public static IEnumerable<NamedPath> Of(StagedNode http)
    {
        foreach (StagedNode server in http.Children!.Where(c => c is { Name: "server", Children: not null }))
        {
            string[] hosts =
            [
                .. server.Children!.Where(c => c.Name == "server_name").SelectMany(c => c.Arguments).Select(Host).OfType<string>(),
            ];
            foreach (StagedNode listen in server.Children!.Where(c => c.Name == "listen"))
            {
                // A port that was given in its place has the real one as written.
                int port = PortOf(listen.Original.Count > 0 ? listen.Original[0] : "80");
                bool hasTls = listen.Arguments.Contains("ssl");
                foreach (string host in hosts.Length == 0 ? ["unknown.test"] : hosts)
                {
                    yield return new NamedPath(hasTls, host, port, "/", false);
                    foreach (NamedPath path in Locations(server).Select(l => l with { HasTls = hasTls, Host = host, Port = port }))
                    {
                        yield return path;
                    }
                }
            }
        }
    }

    /// <summary>The port of a <c>listen</c>.</summary>
    public static int PortOf(string listen)
    {
        string port = listen[(listen.LastIndexOf(':') + 1)..];
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 80;
    }

    private static IEnumerable<NamedPath> Locations(StagedNode block)
    {
        foreach (StagedNode location in block.All.Where(n => n is { Name: "location", Children: not null, Arguments.Count: > 0 }))
        {
            (string text, bool isRegex) = location.Arguments switch
            {
                ["~" or "~*", var regex, ..] => (regex, true),
                ["=" or "^~", var path, ..] => (path, false),
                [['@', ..], ..] => ("", false),
                [var path, ..] => (path, false),
                _ => ("", false),
            };
            if (text.Length > 0)
            {
                yield return new NamedPath(false, "", 0, text, isRegex);
            }
        }
    }

    private static string? Host(string name) =>
        name switch
        {
            "_" or "" => "unknown.test",
            ['~', ..] => null,
            ['.', .. var rest] => rest,
            _ when name.EndsWith(".*", StringComparison.Ordinal) => name[..^1] + "test",
            _ => name.Replace("*", "probe", StringComparison.Ordinal).ToLowerInvariant(),
        };
}
