using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Confgen.Files;
using Confgen.Model.Acme;

namespace Confgen.Runtime.Acme;

/// <summary>Requests to one authority: nonces, signatures, errors, time-outs (RFC 8555, section 6).</summary>
internal sealed class AcmeClient : IDisposable
{
    private const int LargestResponse = 1024 * 1024;
    private const int LargestFile = 4 * 1024 * 1024;
    private const int MostNonces = 32;
    private const int MostRefusedNonces = 10;

    private readonly HttpClient _http;
    private readonly ConcurrentQueue<string> _nonces = new();
    private readonly AcmeSettings _settings;
    private readonly TimeProvider _time;
    private AcmeDirectory? _directory;

    /// <summary>A client of the authority that a spec names.</summary>
    /// <exception cref="IOException">Its root's file can't be read; or another exception of reading certificates.</exception>
    public AcmeClient(AcmeSettings settings, TimeSpan timeout, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = timeout };
        if (settings.CaRoot is { } file)
        {
            X509Certificate2Collection roots = [];
            roots.ImportFromPem(RegularFile.ReadText(file, LargestFile));
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        _http = new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = LargestResponse };
        _http.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("confgen", typeof(AcmeClient).Assembly.GetName().Version?.ToString(3) ?? "0")
        );
        _http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
    }

    /// <summary>Asks for the directory; the last one where it is known.</summary>
    public async Task<AcmeDirectory> DirectoryAsync(CancellationToken cancellation)
    {
        if (_directory is { } known)
        {
            return known;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, _settings.Ca);
        AcmeResponse response = await SendAsync(request, cancellation);
        try
        {
            return _directory = AcmeDirectory.Read(response.Json);
        }
        catch (JsonException e)
        {
            throw new AcmeException($"{_settings.Ca} is no directory of an ACME authority: {e.Message}", e);
        }
    }

    /// <summary>What may have changed at the authority is asked for again.</summary>
    public void Forget() => _directory = null;

    /// <summary>Asks without a signature.</summary>
    public async Task<AcmeResponse> GetAsync(string url, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Checked(url));
        return await SendAsync(request, cancellation);
    }

    /// <summary>Sends a signed request; one whose nonce was refused again, with another.</summary>
    /// <param name="key">The account's key.</param>
    /// <param name="account">The account's URL; null names the key itself.</param>
    /// <param name="url">Where it goes.</param>
    /// <param name="payload">What is sent; null is POST-as-GET.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AcmeException">The authority refuses it, or can't be reached.</exception>
    public async Task<AcmeResponse> PostAsync(AccountKey key, string? account, string url, byte[]? payload, CancellationToken cancellation)
    {
        Uri checkedUrl = Checked(url);
        for (int refused = 0; ; refused++)
        {
            byte[] body = key.Sign(url, await NonceAsync(cancellation), account, payload);
            using var request = new HttpRequestMessage(HttpMethod.Post, checkedUrl) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
            try
            {
                return await SendAsync(request, cancellation);
            }
            catch (AcmeException e) when (e.Problem?.Type == AcmeProblem.BadNonce && refused < MostRefusedNonces)
            {
                // The refusal brought a new one.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> NonceAsync(CancellationToken cancellation)
    {
        if (_nonces.TryDequeue(out string? kept))
        {
            return kept;
        }

        AcmeDirectory directory = await DirectoryAsync(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Head, Checked(directory.NewNonce));
        await SendAsync(request, cancellation);
        return _nonces.TryDequeue(out string? fresh) ? fresh : throw new AcmeException("the authority gives no nonce");
    }

    private async Task<AcmeResponse> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (response.Headers.TryGetValues("Replay-Nonce", out IEnumerable<string>? nonces) && _nonces.Count < MostNonces)
            {
                _nonces.Enqueue(nonces.First());
            }

            TimeSpan? retryAfter = RetryAfter(response.Headers.RetryAfter);
            int status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                AcmeProblem? problem = ProblemOf(response.Content.Headers.ContentType?.MediaType, body);
                throw new AcmeException(problem?.ToString() ?? $"{request.RequestUri} responded with status {status}")
                {
                    Problem = problem,
                    Status = status,
                    RetryAfter = retryAfter,
                };
            }

            string? location =
                response.Headers.Location is { } to && request.RequestUri is { } asked ? new Uri(asked, to).AbsoluteUri : null;
            return new AcmeResponse(location, retryAfter, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or UriFormatException)
        {
            throw new AcmeException($"{request.RequestUri?.Authority} can't be reached: {Innermost(e)}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new AcmeException($"no response of {request.RequestUri?.Authority} within {_http.Timeout.TotalSeconds:0.#} s", e);
        }
    }

    // The reason is what a person can act on, as which certificate isn't trusted.
    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message;
    }

    private static AcmeProblem? ProblemOf(string? mediaType, byte[] body)
    {
        try
        {
            return mediaType == "application/problem+json" ? AcmeProblem.Read(AcmeJson.Read(body)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? field) =>
        (field?.Delta ?? field?.Date - _time.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait : null;

    // What the authority names is asked where its directory may be: nothing leads from https to plain HTTP.
    private Uri Checked(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
        && (parsed.Scheme == "https" || (parsed.Scheme == "http" && _settings.Ca.StartsWith("http:", StringComparison.Ordinal)))
            ? parsed
            : throw new AcmeException($"the authority names an invalid URL '{url}'");
}
