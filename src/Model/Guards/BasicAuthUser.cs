namespace Confgen.Model.Guards;

/// <summary>A user with a hashed password.</summary>
public sealed record BasicAuthUser : SpecNode
{
    /// <summary>The name; no colon (RFC 7617).</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The hash in one of the forms of htpasswd: bcrypt <c>$2y$</c>, <c>$apr1$</c>, <c>{SHA}</c>, <c>$5$</c>, <c>$6$</c>.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>Whether it stands in the file of users, and not in the spec.</summary>
    public bool IsInFile { get; init; }

    /// <summary>Never prints the hash.</summary>
    public override string ToString() => Name + ":***";
}
