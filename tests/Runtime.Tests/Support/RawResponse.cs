namespace Confgen.Runtime.Tests.Support;

/// <summary>A response as it came.</summary>
internal sealed record RawResponse(int Status, string Head, string Body, bool IsWhole, string Trailers = "")
{
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
