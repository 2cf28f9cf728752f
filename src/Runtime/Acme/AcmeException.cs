namespace Confgen.Runtime.Acme;

/// <summary>A certificate could not be had this time.</summary>
/// <param name="message">Why, in words.</param>
/// <param name="inner">What it follows from.</param>
internal sealed class AcmeException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the authority said; null where it said nothing that could be understood.</summary>
    public AcmeProblem? Problem { get; init; }

    /// <summary>The status of its response; 0 without.</summary>
    public int Status { get; init; }

    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether its order is lost: the next attempt makes another one.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether it could not be reached, or failed by itself: the next attempt comes sooner.</summary>
    public bool IsUnreachable => Problem is null || Status >= 500;
}
