using Confgen.Model;

namespace Confgen.Runtime.Acme;

/// <summary>How a certificate stands.</summary>
/// <param name="Names">Its names.</param>
/// <param name="Expiry">When it ends; null before there is one.</param>
/// <param name="Next">When the next attempt is.</param>
/// <param name="Attempts">What has failed.</param>
internal sealed record AcmeStatus(ValueList<string> Names, DateTimeOffset? Expiry, DateTimeOffset? Next, Attempts Attempts)
{
    /// <summary>What is wrong, in words; empty where nothing is.</summary>
    public string Trouble =>
        Attempts.Failures == 0
            ? ""
            : $"{string.Join(", ", Names)}: the certificate can't be {(Expiry is null ? "had" : "renewed")}: {Attempts.Error}";
}
