using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>What was seen of a step, aspect by aspect, to be set beside what another program did.</summary>
/// <param name="Title">The step.</param>
/// <param name="View">The aspects by name.</param>
/// <param name="Open">The aspects that are not compared, because they differ by declaration, or are never the same twice.</param>
/// <param name="Failed">Whether it was told already that it is not as expected.</param>
internal sealed record SeenStep(string Title, IReadOnlyDictionary<string, string> View, IReadOnlySet<string> Open, bool Failed)
{
    /// <summary>In <see cref="Open"/>: nothing that the client got is compared.</summary>
    public const string WholeReply = "reply";

    /// <summary>In <see cref="Open"/>: nothing that the upstream got is compared.</summary>
    public const string WholeRequest = "upstream";

    /// <summary>What two programs did differently.</summary>
    public IEnumerable<string> Against(SeenStep other) =>
        from key in View.Keys.Union(other.View.Keys)
        where !IsOpen(key) && !other.IsOpen(key)
        let mine = View.GetValueOrDefault(key) ?? ""
        let theirs = other.View.GetValueOrDefault(key) ?? ""
        where mine != theirs
        select $"{key}: {Bytes.Show(mine)} against {Bytes.Show(theirs)}";

    private bool IsOpen(string key)
    {
        bool ofRequest = key is "at" or "target" || key.StartsWith("upstream", StringComparison.Ordinal);
        return Open.Contains(key) || Open.Contains(ofRequest ? WholeRequest : WholeReply);
    }
}
