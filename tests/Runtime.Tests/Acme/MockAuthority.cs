using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>
/// An authority that does what pebble can't: it believes every name at once, or none until it is told so, is slow, wants to be left alone,
/// and says when to renew. Signatures are pebble's business.
/// </summary>
internal sealed class MockAuthority : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly List<Order> _orders = [];
    private readonly int _port;
    private int _nonce;

    public MockAuthority(int port)
    {
        _port = port;
        var request = new CertificateRequest("CN=mock authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Settings => $"ca: \"http://127.0.0.1:{_port}/dir\"";

    /// <summary>Its clock.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => DateTimeOffset.UtcNow;

    public TimeSpan Life { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Whether it believes names.</summary>
    public bool Believes { get; set; } = true;

    /// <summary>When a certificate is to be renewed; null for no renewal information.</summary>
    public Func<(DateTimeOffset Start, DateTimeOffset End)>? Window { get; set; }

    /// <summary>What it responds to a path instead; null for what it should.</summary>
    public Func<string, Task<(int Status, string? Type, string? RetryAfter)?>> Instead { get; set; } =
        _ => Task.FromResult<(int, string?, string?)?>(null);

    /// <summary>How it wants names to be proven.</summary>
    public string Challenge { get; set; } = "http-01";

    /// <summary>The payloads for accounts that it has taken.</summary>
    public List<JsonNode> Accounts { get; } = [];

    /// <summary>The payloads of the orders that it has taken.</summary>
    public List<JsonNode> Orders { get; } = [];

    public int Issued { get; private set; }

    public List<string> Asked { get; } = [];

    public void Dispose()
    {
        _listener.Close();
        _root.Dispose();
        _key.Dispose();
    }

    private string Url(string path) => $"http://127.0.0.1:{_port}/{path}";

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Task.Run(() => RespondAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RespondAsync(HttpListenerContext context)
    {
        try
        {
            string path = context.Request.Url!.AbsolutePath[1..];
            byte[] received;
            using (var copy = new MemoryStream())
            {
                await context.Request.InputStream.CopyToAsync(copy);
                received = copy.ToArray();
            }

            context.Response.Headers["Replay-Nonce"] = $"n{Interlocked.Increment(ref _nonce)}";
            if (await Instead(path) is { } other)
            {
                context.Response.StatusCode = other.Status;
                if (other.RetryAfter is not null)
                {
                    context.Response.Headers["Retry-After"] = other.RetryAfter;
                }

                Send(context, "application/problem+json", $$"""{"type":"urn:ietf:params:acme:error:{{other.Type}}","detail":"not now"}""");
                return;
            }

            JsonNode? payload = null;
            if (received.Length > 0 && JsonNode.Parse(received)!["payload"]!.GetValue<string>() is { Length: > 0 } text)
            {
                payload = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            }

            lock (_orders)
            {
                Asked.Add(path);
                (string type, string body) = Content(path, payload, context.Response);
                Send(context, type, body);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client, or the test, has left.
        }
    }

    private (string Type, string Body) Content(string path, JsonNode? payload, HttpListenerResponse response)
    {
        const string Json = "application/json";
        string[] parts = path.Split('/');
        switch (parts[0])
        {
            case "dir":
                return (
                    Json,
                    $$$"""
                    {"newNonce":"{{{Url("nonce")}}}","newAccount":"{{{Url("account")}}}","newOrder":"{{{Url("new")}}}"{{{(
                        Window is null ? "" : $",\"renewalInfo\":\"{Url("ari")}\""
                    )}}},
                     "meta":{"profiles":{"shortlived":"six days"} } }
                    """
                );
            case "ari":
                response.Headers["Retry-After"] = "3600";
                (DateTimeOffset start, DateTimeOffset end) = Window!();
                return (Json, $$$"""{"suggestedWindow":{"start":"{{{start:O}}}","end":"{{{end:O}}}"} }""");
            case "account":
                Accounts.Add(payload!);
                response.StatusCode = 201;
                response.Headers["Location"] = Url("account/1");
                return (Json, """{"status":"valid"}""");
            case "new":
                Orders.Add(payload!);
                _orders.Add(new Order([.. payload!["identifiers"]!.AsArray().Select(i => i!["value"]!.GetValue<string>())]));
                response.StatusCode = 201;
                response.Headers["Location"] = Url($"order/{_orders.Count - 1}");
                return (Json, StateOf(_orders.Count - 1));
            case "order":
                return (Json, StateOf(int.Parse(parts[1])));
            case "authorization":
                return (
                    Json,
                    $$"""
                    {"status":"{{(Believes ? "valid" : "pending")}}","identifier":{"type":"dns","value":"{{_orders[
                        int.Parse(parts[1])
                    ].Names[0]}}"},
                     "challenges":[{"type":"{{Challenge}}","url":"{{Url("challenge")}}","token":"token{{parts[1]}}","status":"pending"}]}
                    """
                );
            case "finalize":
                Issue(_orders[int.Parse(parts[1])], payload!["csr"]!.GetValue<string>());
                return (Json, StateOf(int.Parse(parts[1])));
            case "certificate":
                return ("application/pem-certificate-chain", _orders[int.Parse(parts[1])].Chain!);
            default:
                return (Json, "{}");
        }
    }

    private string StateOf(int number)
    {
        Order order = _orders[number];
        string status =
            order.Chain is not null ? "valid"
            : Believes ? "ready"
            : "pending";
        return $$"""
            {"status":"{{status}}","authorizations":["{{Url($"authorization/{number}")}}"],"finalize":"{{Url($"finalize/{number}")}}",
             "certificate":"{{Url($"certificate/{number}")}}"}
            """;
    }

    private void Issue(Order order, string csr)
    {
        CertificateRequest asked = CertificateRequest.LoadSigningRequest(
            Base64Url.DecodeFromChars(csr),
            HashAlgorithmName.SHA256,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions
        );
        var request = new CertificateRequest($"CN={order.Names[0]}", asked.PublicKey.GetECDsaPublicKey()!, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in asked.CertificateExtensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
        DateTimeOffset now = Now();
        using X509Certificate2 issued = request.Create(_root, now.AddSeconds(-1), now + Life, RandomNumberGenerator.GetBytes(9));
        order.Chain = issued.ExportCertificatePem() + "\n" + _root.ExportCertificatePem() + "\n";
        Issued++;
    }

    private static void Send(HttpListenerContext context, string type, string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        context.Response.ContentType = type;
        context.Response.ContentLength64 = content.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            context.Response.OutputStream.Write(content);
        }

        context.Response.Close();
    }

    private sealed record Order(string[] Names)
    {
        public string? Chain { get; set; }
    }
}
