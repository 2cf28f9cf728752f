using Confgen.Model;

namespace Confgen.Cli.Building;

/// <summary>Hides a spec's secrets in what is shown: a build's log is read by more people than its output.</summary>
internal sealed class SecretMask
{
    private const string Mask = "********";

    private readonly string[] _secrets;

    public SecretMask(Spec? spec) => _secrets = spec is null ? [] :
    [
        .. spec.Sites.SelectMany(s => s.Routes).SelectMany(r => r.BasicAuth?.Users ?? []).Select(u => u.Hash)
            .Concat(spec.Tunnels.SelectMany(t => new[] { t.Secret, t.Id ?? "", t.MakeClientId() }))
            .Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length),
    ];

    public string Apply(string text) => _secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, Mask, StringComparison.Ordinal));
}
