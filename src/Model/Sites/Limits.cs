namespace Confgen.Model.Sites;

/// <summary>Limits on what is read from a client.</summary>
public sealed record Limits : SpecNode
{
    /// <summary>The default of <see cref="Head"/>: 32 KiB, as Kestrel's and nginx's limits on all headers together.</summary>
    public const long DefaultHead = 32 * 1024;

    /// <summary>Longest request head in bytes, the request line included; over it 431 or 414. Default <see cref="DefaultHead"/>.</summary>
    public long Head { get; init; } = DefaultHead;
}
