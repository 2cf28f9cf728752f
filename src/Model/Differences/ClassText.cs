namespace Confgen.Model.Differences;

/// <summary>Classes of requests in words.</summary>
public static class ClassText
{
    private const int MostNames = 3;

    /// <summary>The paths of all classes, as <c>/admin and below</c>; at most three of them.</summary>
    public static string Paths(IReadOnlyList<RequestClass> classes) =>
        classes.Any(c => c.Paths.Count == 0)
            ? "every path"
            : Listed([.. classes.SelectMany(c => c.Paths).Select(p => p.ToString()).Distinct(StringComparer.Ordinal)]);

    /// <summary>The hosts of all classes, with port and scheme where these are not the usual ones.</summary>
    public static string Hosts(IReadOnlyList<RequestClass> classes) =>
        classes.Any(c => c.Places.Count == 0)
            ? "every host"
            : Listed([.. classes.SelectMany(c => c.Places).Select(p => Place(p.Connection, p.Host)).Distinct(StringComparer.Ordinal)]);

    /// <summary>Methods, fields and parameters of all classes; empty where every request is meant.</summary>
    public static string Conditions(IReadOnlyList<RequestClass> classes)
    {
        string[] cells = [.. classes.Select(c => c.Cell?.ToString() ?? "").Distinct(StringComparer.Ordinal)];
        return cells.Contains("", StringComparer.Ordinal) ? "" : Listed(cells, " or ");
    }

    /// <summary>A connection and host, as <c>https://a.test:8443</c>.</summary>
    public static string Place(Connection connection, HostClass host)
    {
        string scheme = connection.Https ? "https" : "http";
        string at =
            connection.Listen.SocketPath is not null ? $" on {connection.Listen}"
            : connection.Listen.Address is null ? ""
            : $" at {connection.Listen.Address}";
        bool isUsual = connection.Listen.SocketPath is not null || connection.Listen.Port == (connection.Https ? 443 : 80);
        string name = host.Pattern.Kind == Units.HostPatternKind.Any ? "*" : host.ToString();
        string port = isUsual ? "" : string.Create(null, $":{connection.Listen.Port}");
        return $"{scheme}://{name}{port}{at}";
    }

    private static string Listed(string[] names, string separator = ", ") =>
        string.Join(separator, names.Take(MostNames))
        + (names.Length > MostNames ? string.Create(null, $" and {names.Length - MostNames} more") : "");
}
