namespace Confgen.Model.Acme;

/// <summary>How TXT records are written for <see cref="AcmeChallenge.Dns"/>.</summary>
public sealed record AcmeDns : SpecNode
{
    /// <summary>The program and its first arguments; <c>present</c> or <c>cleanup</c>, the name and the value follow.</summary>
    public required ValueList<string> Exec { get; init; }

    /// <summary>How long a record takes to reach every server of its zone; default 30 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);
}
