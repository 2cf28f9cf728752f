using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Differences;

/// <summary>
/// What a change of TLS means to clients and to the traffic behind the proxy; of several changes the worst gives the risk.
/// </summary>
internal static partial class TlsConsequences
{
    /// <summary>Of a site's own.</summary>
    public static (Risk Risk, string Text) OfSite(SiteTls? old, SiteTls? @new, string what)
    {
        if (@new is null)
        {
            return (Risk.Exposure, $"the traffic of {what} can be read on its way: no TLS");
        }

        if (old is null)
        {
            return (Risk.Breakage, $"{what} speaks TLS alone");
        }

        var found = new List<(Risk Risk, string Text)>();
        if (old.ClientCa != @new.ClientCa)
        {
            found.Add(
                @new.ClientCa is null ? (Risk.Exposure, $"{what} is open to clients without a certificate")
                : old.ClientCa is null ? (Risk.Breakage, $"clients of {what} need a certificate")
                : (Risk.Exposure, $"certificates of another authority let clients in at {what}")
            );
        }

        if (@new.MinVersion != old.MinVersion)
        {
            found.Add(
                @new.MinVersion < old.MinVersion
                    ? (Risk.Exposure, $"{what} accepts TLS 1.2 again")
                    : (Risk.Breakage, $"clients of {what} that know TLS 1.2 alone can't connect")
            );
        }

        if (old.Source != @new.Source || old.Cert != @new.Cert || old.Key != @new.Key)
        {
            found.Add((Risk.Breakage, $"{what} shows another certificate"));
        }

        // TLS 1.3 has suites of its own; none written are those that the program offers.
        if (@new.MinVersion != TlsVersion.Tls13 && @new.Ciphers.Count > 0 && old.Ciphers.Any(c => !@new.Ciphers.Contains(c)))
        {
            found.Add((Risk.Breakage, $"clients of {what} that know none of the other cipher suites can't connect"));
        }
        else if (@new.MinVersion != TlsVersion.Tls13 && @new.Ciphers.Count > 0 && old.Ciphers.Count == 0)
        {
            found.Add((Risk.Breakage, $"clients of {what} that know none of the cipher suites can't connect"));
        }

        return Worst(found) ?? (Risk.Change, $"{what} speaks TLS in another way");
    }

    /// <summary>Of what is spoken to servers; null for plain text.</summary>
    public static (Risk Risk, string Text) OfServers(UpstreamTls? old, UpstreamTls? @new, string what)
    {
        if (old is null || @new is null)
        {
            return @new is null
                ? (Risk.Exposure, $"the traffic to the servers of {what} can be read on its way: no TLS")
                : (Risk.Change, $"the proxy speaks TLS to the servers of {what}");
        }

        var found = new List<(Risk Risk, string Text)>();
        if (old.Verify && !@new.Verify)
        {
            found.Add(
                (
                    Risk.Exposure,
                    "whoever sits between the proxy and the servers can read and change the traffic: certificates are no longer verified"
                )
            );
        }
        else if (@new.Verify && (!old.Verify || @new.Ca is not null && old.Ca != @new.Ca || old.ServerName != @new.ServerName))
        {
            found.Add((Risk.Breakage, $"servers of {what} whose certificate doesn't fit get no requests: 502"));
        }

        if (old is { Verify: true, Ca: not null } && @new is { Verify: true, Ca: null })
        {
            found.Add((Risk.Exposure, $"every authority that the system trusts may vouch for the servers of {what}"));
        }

        if (old.Cert is not null && @new.Cert is null)
        {
            found.Add((Risk.Breakage, $"servers of {what} that ask for a client certificate get none"));
        }

        return Worst(found) ?? (Risk.Change, $"the proxy speaks TLS to the servers of {what} in another way");
    }

    /// <summary>Of Strict-Transport-Security, which both sides send; null where it is the same.</summary>
    public static (Risk Risk, string Text)? OfHsts(string old, string @new, string what)
    {
        (Match was, Match now) = (Hsts.Match(old), Hsts.Match(@new));
        if (!was.Success || !now.Success || was.Value == now.Value)
        {
            return null;
        }

        bool isShorter = Age(now) < Age(was);
        (bool hadSubdomains, bool hasSubdomains) = (was.Groups["sub"].Success, now.Groups["sub"].Success);
        return isShorter || (hadSubdomains && !hasSubdomains)
                ? (
                    Risk.Exposure,
                    isShorter
                        ? $"browsers forget sooner that {what} has TLS"
                        : $"browsers no longer insist on TLS for the subdomains of {what}"
                )
            : hasSubdomains && !hadSubdomains ? (Risk.Breakage, $"browsers can't reach subdomains of {what} that have no TLS")
            : null;

        static decimal Age(Match match) => decimal.Parse(match.Groups["age"].Value, CultureInfo.InvariantCulture);
    }

    private static (Risk Risk, string Text)? Worst(List<(Risk Risk, string Text)> found) =>
        found.Count == 0 ? null : (found.Max(f => f.Risk), string.Join("; ", found.OrderByDescending(f => f.Risk).Select(f => f.Text)));

    [GeneratedRegex(
        "Strict-Transport-Security: max-age=(?<age>[0-9]{1,18})(?<sub>; includeSubDomains)?(; preload)?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Hsts { get; }
}
