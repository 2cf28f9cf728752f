namespace Confgen.Runtime.Tests.Support;

/// <summary>A request as a backend got it.</summary>
internal sealed record BackendRequest(string Head, string Body)
{
    public string Line => Head[..Head.IndexOf("\r\n", StringComparison.Ordinal)];

    public string Target => Line.Split(' ')[1];

    public string[] All(string name) =>
        [
            .. Head.Split("\r\n")
                .Skip(1)
                .Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                .Select(l => l[(name.Length + 1)..].Trim()),
        ];

    public string? Field(string name) =>
        All(name) is [var only] ? only
        : All(name) is [] ? null
        : throw new InvalidOperationException($"several {name}: {Head}");
}
