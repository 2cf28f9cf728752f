namespace Confgen.Targets.Importing;

/// <summary>What becomes of a directive of the source. The later, the more a reader has to know of it.</summary>
public enum ImportFate
{
    /// <summary>It changes nothing that clients or upstreams see, and is dropped.</summary>
    Tuning,

    /// <summary>Confgen does so anyway.</summary>
    Implied,

    /// <summary>The spec says it.</summary>
    Said,

    /// <summary>The spec doesn't say it: something differs.</summary>
    Lost,
}
