using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Confgen.Model;
using Confgen.Model.Acme;

namespace Confgen.Runtime.Acme;

/// <summary>Proves the names of an order: shows what each challenge wants, tells the authority, and waits for what it has seen.</summary>
/// <param name="account">The account of the order.</param>
/// <param name="proofs">What is shown over HTTP and TLS.</param>
/// <param name="dns">What is shown in DNS; null where that isn't possible.</param>
/// <param name="challenges">The challenges that may be used, in their order.</param>
/// <param name="pace">How long to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class NameProver(
    AcmeAccount account,
    ChallengeProofs proofs,
    DnsHook? dns,
    ValueList<AcmeChallenge> challenges,
    AcmePace pace,
    TimeProvider time
)
{
    private static readonly byte[] _empty = "{}"u8.ToArray();

    /// <summary>Proves what isn't proven yet.</summary>
    /// <param name="authorizations">The URLs.</param>
    /// <param name="turn">How often it has failed before: each time the next challenge is tried.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AcmeException">A name could not be proven.</exception>
    public async Task ProveAsync(IReadOnlyList<string> authorizations, int turn, CancellationToken cancellation)
    {
        var shown = new List<Shown>();
        try
        {
            // 1. Everything is there before the authority looks: one wait for DNS serves all names.
            foreach (string url in authorizations)
            {
                var authorization = AcmeAuthorization.Read((await account.PostAsync(url, null, cancellation)).Json);
                if (authorization.Status == "pending")
                {
                    shown.Add(await ShowAsync(url, authorization, turn, cancellation));
                }
                else if (authorization.Status != "valid")
                {
                    throw Failed(authorization);
                }
            }

            if (dns is not null && shown.Any(s => s.Challenge == AcmeChallenge.Dns))
            {
                await Task.Delay(account.Settings.Dns?.Wait ?? TimeSpan.Zero, time, cancellation);
            }

            // 2. It may look.
            foreach (Shown one in shown.Where(s => s.IsNew))
            {
                await account.PostAsync(one.ChallengeUrl, _empty, cancellation);
            }

            // 3. What has it seen?
            var failures = new List<AcmeException>();
            foreach (Shown one in shown)
            {
                AcmeAuthorization seen = await WaitAsync(one.Url, cancellation);
                if (seen.Status != "valid")
                {
                    failures.Add(Failed(seen));
                }
            }

            if (failures.Count > 0)
            {
                throw new AcmeException(string.Join("; ", failures.Select(f => f.Message)), failures[0])
                {
                    Problem = failures[0].Problem,
                    IsFinal = true,
                };
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await HideAsync(shown);
            throw;
        }

        // Where the process is about to end, the next one continues, and the authority may look in between.
        await HideAsync(shown);
    }

    private async Task<AcmeAuthorization> WaitAsync(string url, CancellationToken cancellation)
    {
        TimeSpan pause = pace.Poll;
        while (true)
        {
            AcmeResponse response = await account.PostAsync(url, null, cancellation);
            var authorization = AcmeAuthorization.Read(response.Json);
            if (authorization.Status != "pending")
            {
                return authorization;
            }

            await Task.Delay(response.RetryAfter ?? pause, time, cancellation);
            pause = pause < 8 * pace.Poll ? 2 * pause : pause;
        }
    }

    private async Task<Shown> ShowAsync(string url, AcmeAuthorization authorization, int turn, CancellationToken cancellation)
    {
        (AcmeChallenge Challenge, string Url, string Token, string Status)[] possible =
        [
            .. challenges
                .Where(c => c != AcmeChallenge.Dns || dns is not null)
                .SelectMany(c =>
                    authorization
                        .Challenges.Where(o => o.Type == Word(c) && ChallengeProofs.IsToken(o.Token))
                        .Select(o => (c, o.Url, o.Token, o.Status))
                ),
        ];
        if (possible.Length == 0)
        {
            throw new AcmeException(
                $"{authorization.Name}: the authority takes {string.Join(", ", authorization.Challenges.Select(c => c.Type))}, "
                    + $"which 'challenges' doesn't have"
            )
            {
                Problem = new AcmeProblem("unsupportedChallenge", ""),
            };
        }

        // One that is under way already is continued.
        int underWay = Array.FindIndex(possible, c => c.Status == "processing");
        (AcmeChallenge challenge, string challengeUrl, string token, string status) = possible[
            underWay >= 0 ? underWay : turn % possible.Length
        ];
        string text = await account.AuthorizeAsync(token, cancellation);
        string name = authorization.Name;
        Func<Task> hide;
        switch (challenge)
        {
            case AcmeChallenge.Http:
                proofs.ShowHttp(token, text);
                hide = () =>
                {
                    proofs.HideHttp(token);
                    return Task.CompletedTask;
                };
                break;
            case AcmeChallenge.TlsAlpn:
                proofs.ShowTls(name, text);
                hide = () =>
                {
                    proofs.HideTls(name);
                    return Task.CompletedTask;
                };
                break;
            default:
                string record = $"_acme-challenge.{name}.";
                string value = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
                await (dns?.ShowAsync(record, value, cancellation) ?? Task.CompletedTask);
                hide = () => dns?.HideAsync(record, value, cancellation) ?? Task.CompletedTask;
                break;
        }

        return new Shown(url, challenge, challengeUrl, status == "pending", hide);
    }

    private static async Task HideAsync(List<Shown> shown)
    {
        foreach (Shown one in shown)
        {
            try
            {
                await one.Hide();
            }
            catch (Exception e) when (e is AcmeException or OperationCanceledException)
            {
                // A record that stays harms nobody: the next proof has another value.
            }
        }
    }

    private static AcmeException Failed(AcmeAuthorization authorization)
    {
        var failed = authorization.Challenges.FirstOrDefault(c => c.Error is not null);
        AcmeProblem problem = failed.Error ?? new AcmeProblem("", $"the authorization is {authorization.Status}");
        string by = failed.Type is { } type ? $" ({type})" : "";
        return new AcmeException($"{authorization.Name}{by}: {problem}") { Problem = problem, IsFinal = true };
    }

    private static string Word(AcmeChallenge challenge) =>
        challenge switch
        {
            AcmeChallenge.Http => "http-01",
            AcmeChallenge.TlsAlpn => "tls-alpn-01",
            _ => "dns-01",
        };

    /// <summary>What is shown of a name.</summary>
    /// <param name="Url">Its authorization.</param>
    /// <param name="Challenge">The way.</param>
    /// <param name="ChallengeUrl">Where the authority is told to look.</param>
    /// <param name="IsNew">Whether it has to be told.</param>
    /// <param name="Hide">Shows it no more.</param>
    private sealed record Shown(string Url, AcmeChallenge Challenge, string ChallengeUrl, bool IsNew, Func<Task> Hide);
}
