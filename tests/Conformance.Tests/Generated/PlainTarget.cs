using System.Text.RegularExpressions;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>
/// The targets that HAProxy reads as the contract says, by the notes on it: paths of what RFC 3986 allows, without what a lenient server
/// could read in another way, which behind some guards gets 400.
/// </summary>
internal static partial class PlainTarget
{
    public static bool Is(GeneratedRequest request) =>
        Allowed().IsMatch(request.Target) && !Several().IsMatch(request.Target.Split('?')[0]);

    [GeneratedRegex(@"^/[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]*$", RegexOptions.None, 10_000)]
    private static partial Regex Allowed();

    [GeneratedRegex(@"(?i)[;\\]|%3b|%5c|%3f|%23|%25|(?:\.|%2e|\+|%20)(?:/|%2f|$)|%[89a-f]", RegexOptions.None, 10_000)]
    private static partial Regex Several();
}
