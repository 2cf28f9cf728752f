using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Confgen.Model;

namespace Confgen.Runtime.Acme;

/// <summary>Orders the certificate of some names, or continues the order that is under way (RFC 8555, section 7.4).</summary>
/// <param name="account">The account.</param>
/// <param name="prover">Proves the names.</param>
/// <param name="names">The names.</param>
/// <param name="folder">The certificate's folder, whose lock is held.</param>
/// <param name="source">The directory of the authority, and the profile.</param>
/// <param name="pace">How long to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class CertificateOrder(
    AcmeAccount account,
    NameProver prover,
    ValueList<string> names,
    string folder,
    string source,
    AcmePace pace,
    TimeProvider time
)
{
    /// <summary>Brings the order to its end, and writes the certificate.</summary>
    /// <param name="turn">How often it has failed before.</param>
    /// <param name="replaced">What renewal information calls the certificate that it is for; null for the first.</param>
    /// <param name="cancellation">Ends it; the order is continued another time.</param>
    /// <exception cref="AcmeException">The certificate can't be had this time.</exception>
    public async Task<StoredCertificate> RunAsync(int turn, string? replaced, CancellationToken cancellation)
    {
        if (SavedOrder.Read(folder, source) is { } saved)
        {
            try
            {
                return await FinishAsync(saved, turn, cancellation);
            }
            catch (AcmeException e) when (!e.IsFinal && e.Status is 400 or 401 or 403 or 404 or 410)
            {
                // The authority doesn't know it any more.
                SavedOrder.Remove(folder);
            }
        }

        return await FinishAsync(await BeginAsync(replaced, cancellation), turn, cancellation);
    }

    private async Task<SavedOrder> BeginAsync(string? replaced, CancellationToken cancellation)
    {
        AcmeDirectory directory = await account.Client.DirectoryAsync(cancellation);
        if (account.Settings.Profile is { } profile && !directory.Profiles.Contains(profile))
        {
            throw new AcmeException(
                $"the authority has no profile '{profile}'"
                    + (directory.Profiles.Count > 0 ? $"; it has {string.Join(", ", directory.Profiles)}" : "")
            )
            {
                Problem = new AcmeProblem("invalidProfile", ""),
            };
        }

        replaced = directory.RenewalInfo is null ? null : replaced;
        AcmeResponse response;
        try
        {
            response = await account.PostAsync(directory.NewOrder, Payload(replaced), cancellation);
        }
        catch (AcmeException e)
            when (replaced is not null && e.Problem?.Type is AcmeProblem.AlreadyReplaced or "malformed" or "unauthorized")
        {
            // It is another account's, or was replaced by an order of which nothing is left here.
            response = await account.PostAsync(directory.NewOrder, Payload(null), cancellation);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var order = new SavedOrder(
            response.Location ?? throw new AcmeException("the authority has made an order without a URL"),
            source,
            key.ExportPkcs8PrivateKeyPem()
        );
        order.Write(folder);
        return order;
    }

    private byte[] Payload(string? replaced) =>
        AcmeJson.Write(json =>
        {
            json.WriteStartArray("identifiers");
            foreach (string name in names)
            {
                json.WriteStartObject();
                json.WriteString("type", IPAddress.TryParse(name, out _) ? "ip" : "dns");
                json.WriteString("value", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (account.Settings.Profile is { } profile)
            {
                json.WriteString("profile", profile);
            }

            if (replaced is not null)
            {
                json.WriteString("replaces", replaced);
            }
        });

    private async Task<StoredCertificate> FinishAsync(SavedOrder order, int turn, CancellationToken cancellation)
    {
        try
        {
            return await AdvanceAsync(order, turn, cancellation);
        }
        catch (AcmeException e) when (e.IsFinal)
        {
            SavedOrder.Remove(folder);
            throw;
        }
    }

    private async Task<StoredCertificate> AdvanceAsync(SavedOrder order, int turn, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        string last = "";
        while (true)
        {
            AcmeResponse response = await account.PostAsync(order.Url, null, cancellation);
            JsonElement json = response.Json;
            string status = AcmeJson.Text(json, "status") ?? "";
            switch (status)
            {
                case "pending" when last != status:
                    await prover.ProveAsync([.. AcmeJson.Texts(json, "authorizations")], turn, cancellation);
                    break;
                case "ready" when last != status:
                    await account.PostAsync(Url(json, "finalize"), Request(order), cancellation);
                    break;
                case "valid":
                    AcmeResponse chain = await account.PostAsync(Url(json, "certificate"), null, cancellation);
                    StoredCertificate issued = StoredCertificate.Write(
                        Path.Combine(folder, StoredCertificate.FileName),
                        source,
                        names,
                        order.Key,
                        Encoding.ASCII.GetString(chain.Body)
                    );
                    SavedOrder.Remove(folder);
                    return issued;
                case "pending" or "ready" or "processing":
                    await Task.Delay(Shorter(response.RetryAfter ?? pace.Poll), time, cancellation);
                    break;
                default:
                    AcmeProblem problem = json.TryGetProperty("error", out JsonElement error)
                        ? AcmeProblem.Read(error)
                        : new AcmeProblem("", $"the order is '{status}'");
                    throw new AcmeException(problem.ToString()) { Problem = problem, IsFinal = true };
            }

            last = status;
            if (time.GetElapsedTime(began) > pace.Attempt)
            {
                throw new AcmeException($"the order is still '{status}' after {pace.Attempt.TotalMinutes:0} min");
            }
        }
    }

    private TimeSpan Shorter(TimeSpan wait) => wait < pace.Attempt ? wait : pace.Attempt;

    private byte[] Request(SavedOrder order)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(order.Key);
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        var extension = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                extension.AddIpAddress(address);
            }
            else
            {
                extension.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(extension.Build());
        return AcmeJson.Write(json => json.WriteString("csr", Base64Url.EncodeToString(request.CreateSigningRequest())));
    }

    private static string Url(JsonElement order, string name) =>
        AcmeJson.Text(order, name) ?? throw new AcmeException($"the authority's order has no '{name}'");
}
