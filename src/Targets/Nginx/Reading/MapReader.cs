namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>map</c> where the value that it looks up is the same for every request of a site.</summary>
internal static class MapReader
{
    /// <summary>The value for the site; null where requests differ.</summary>
    public static string? Evaluate(SourceDirective map, SiteContext site)
    {
        string? key = map.First switch
        {
            "$host"
            or "$http_host"
            or "$server_name"
            or "$ssl_server_name" when site.Hosts is [var host] && !host.Contains('*') && host != "_" => host,
            "$scheme" => site.HasTls ? "https" : "http",
            "$https" => site.HasTls ? "on" : "",
            "$server_port" => site.Port,
            _ => null,
        };
        if (key is null)
        {
            return null;
        }

        string? fallback = "";
        foreach (SourceDirective line in map.Children)
        {
            string name = line.Name.StartsWith('\\') ? line.Name[1..] : line.Name;
            if (line.Name == "default")
            {
                fallback = line.First;
            }
            else if (line.Name.StartsWith('~') || line.Name is "include" or "volatile")
            {
                return null;
            }
            else if (line.Name != "hostnames" && string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return line.First;
            }
            else if (line.Name.Contains('*', StringComparison.Ordinal) || line.Name.StartsWith('.'))
            {
                return null;
            }
        }

        return fallback;
    }
}
