using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Confgen.Files;
using Confgen.Model.Acme;

namespace Confgen.Runtime.Acme;

/// <summary>The account at an authority: made when the first order needs it, and kept for all later ones.</summary>
internal sealed class AcmeAccount(AcmeSettings settings, AcmeStorage storage, AcmePace pace, TimeProvider time) : IDisposable
{
    private const int LargestKeyFile = 4096;

    private readonly AcmeClient _client = new(settings, pace.Request, time);
    private readonly SemaphoreSlim _gate = new(1);
    private AccountKey? _key;
    private string? _url;

    /// <summary>The authority.</summary>
    public AcmeClient Client => _client;

    /// <summary>The settings that it was made with.</summary>
    public AcmeSettings Settings => settings;

    /// <summary>Sends a request of the account; null as payload is POST-as-GET.</summary>
    public async Task<AcmeResponse> PostAsync(string url, byte[]? payload, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            (AccountKey key, string account) = await OpenAsync(isNew: attempt > 0, cancellation);
            try
            {
                return await _client.PostAsync(key, account, url, payload, cancellation);
            }
            catch (AcmeException e) when (e.Problem?.Type == AcmeProblem.AccountDoesNotExist && attempt == 0)
            {
                // The authority has forgotten it, as one for tests does at its restart: it is made again, with the same key.
            }
        }
    }

    /// <summary>What answers the token of a challenge.</summary>
    public async Task<string> AuthorizeAsync(string token, CancellationToken cancellation) =>
        (await OpenAsync(isNew: false, cancellation)).Key.Authorize(token);

    public void Dispose()
    {
        _client.Dispose();
        _key?.Dispose();
        _gate.Dispose();
    }

    private async Task<(AccountKey Key, string Url)> OpenAsync(bool isNew, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!isNew && _key is { } known && _url is { } there)
            {
                return (known, there);
            }

            string folder = storage.AccountFolder(settings.Ca);
            await using FileStream held = await AcmeLock.TakeAsync(Path.Combine(folder, "lock"), pace.Lock, time, cancellation);
            AccountKey key = _key ??= ReadKey(Path.Combine(folder, "account.key"));
            string file = Path.Combine(folder, "account.json");
            JsonElement? saved = isNew ? null : AcmeStorage.ReadJson(file);
            string? url = saved is { } s && AcmeJson.Text(s, "key") == key.Thumbprint ? AcmeJson.Text(s, "url") : null;
            if (url is null)
            {
                url = await RegisterAsync(key, cancellation);
                Save(file, key, url);
            }
            else if (saved is { } old && AcmeJson.Text(old, "email") != settings.Email)
            {
                await _client.PostAsync(key, url, url, AcmeJson.Write(WriteContact), cancellation);
                Save(file, key, url);
            }

            _url = url;
            return (key, url);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Save(string file, AccountKey key, string url) =>
        SecretFile.Write(
            file,
            AcmeJson.Write(json =>
            {
                json.WriteString("url", url);
                json.WriteString("email", settings.Email);
                json.WriteString("key", key.Thumbprint);
            })
        );

    // The key is on the disk before the authority hears of it: registering it again finds the same account.
    private static AccountKey ReadKey(string file)
    {
        try
        {
            if (AcmeStorage.Read(file) is { } pem)
            {
                return AccountKey.FromPem(pem);
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            File.Move(file, file + ".unreadable", overwrite: true);
        }

        var key = AccountKey.Make();
        SecretFile.Write(file, Encoding.ASCII.GetBytes(key.ToPem() + "\n"));
        return key;
    }

    private async Task<string> RegisterAsync(AccountKey key, CancellationToken cancellation)
    {
        AcmeDirectory directory = await _client.DirectoryAsync(cancellation);
        if (directory.NeedsBinding && settings.Eab is null)
        {
            throw new AcmeException($"{settings.Ca} takes accounts of its customers alone: give 'eab' with the key of yours");
        }

        byte[]? binding = settings.Eab is { } eab ? key.Bind(directory.NewAccount, eab.KeyId, MacKey(eab)) : null;
        byte[] payload = AcmeJson.Write(json =>
        {
            json.WriteBoolean("termsOfServiceAgreed", true);
            WriteContact(json);
            if (binding is not null)
            {
                json.WritePropertyName("externalAccountBinding");
                json.WriteRawValue(binding);
            }
        });
        AcmeResponse response = await _client.PostAsync(key, null, directory.NewAccount, payload, cancellation);
        return response.Location ?? throw new AcmeException("the authority has made an account without a URL");
    }

    private void WriteContact(Utf8JsonWriter json)
    {
        json.WriteStartArray("contact");
        if (settings.Email is { } email)
        {
            json.WriteStringValue("mailto:" + email);
        }

        json.WriteEndArray();
    }

    private static byte[] MacKey(AcmeBinding eab)
    {
        try
        {
            string text = eab.MacKey ?? (eab.MacKeyFile is { } file ? RegularFile.ReadText(file, LargestKeyFile) : "");
            return MacKeys.TryRead(text, out byte[]? key)
                ? key
                : throw new AcmeException($"{eab.MacKeyFile ?? "'mac_key'"} holds no HMAC key in base64url");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AcmeException($"the HMAC key can't be read: {e.Message}", e);
        }
    }
}
