using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>
/// The folder of accounts, certificates and challenges. Every file is written whole (<see cref="SecretFile"/>); one that can't be
/// understood counts as missing, so that whatever happened to the disk is healed by a new order.
/// </summary>
internal sealed class AcmeStorage
{
    private const int LargestFile = 1024 * 1024;

    // What a process that was killed has left.
    private static readonly TimeSpan _longestUnfinished = TimeSpan.FromDays(1);

    private readonly string _root;

    private AcmeStorage(string root) => _root = root;

    /// <summary>The folder of what the authority is to see.</summary>
    public string Challenges => Path.Combine(_root, "challenges");

    private string Certificates => Path.Combine(_root, "certificates");

    /// <summary>Opens the folder, and makes it where there is none.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static AcmeStorage Open(string root, DateTimeOffset now)
    {
        var storage = new AcmeStorage(root);
        SecretFile.MakeFolder(storage.Certificates);
        SecretFile.MakeFolder(storage.Challenges);
        using (SecretFile.TryLock(Path.Combine(root, "writable")))
        {
            // Whether files can be made shows now, and not when the first certificate is there.
        }

        storage.RemoveUnfinished(now);
        return storage;
    }

    /// <summary>The folder of the account at an authority.</summary>
    public string AccountFolder(string ca)
    {
        string host = Uri.TryCreate(ca, UriKind.Absolute, out Uri? url) ? url.Host : "";
        return Made(Path.Combine(_root, "accounts", $"{FileName(host)}-{Short(ca)}"));
    }

    /// <summary>The folder of the certificate for some names.</summary>
    public string CertificateFolder(IReadOnlyList<string> names) =>
        Made(
            Path.Combine(
                Certificates,
                names.Count == 1 ? FileName(names[0]) : $"{FileName(names[0])}+{names.Count - 1}-{Short(string.Join(',', names))}"
            )
        );

    /// <summary>The files of all certificates.</summary>
    public IEnumerable<string> AllCertificates() =>
        Directory.EnumerateDirectories(Certificates).Select(d => Path.Combine(d, StoredCertificate.FileName)).Where(RegularFile.Exists);

    /// <summary>A file's text; null where it isn't there or can't be read.</summary>
    public static string? Read(string path)
    {
        try
        {
            return RegularFile.ReadText(path, LargestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's JSON; null where it isn't there or is none.</summary>
    public static JsonElement? ReadJson(string path)
    {
        try
        {
            return Read(path) is { } text ? AcmeJson.Read(Encoding.UTF8.GetBytes(text)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes a file, which may be gone.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is written over, or removed later.
        }
    }

    private static string Made(string folder)
    {
        SecretFile.MakeFolder(folder);
        return folder;
    }

    private static string FileName(string name) =>
        string.Concat(
            name.Replace("*", "wildcard_", StringComparison.Ordinal)
                .Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')
        );

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    private void RemoveUnfinished(DateTimeOffset now)
    {
        foreach (
            string file in Directory
                .EnumerateFiles(_root, "*" + SecretFile.Unfinished, SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Challenges))
        )
        {
            if (now - new DateTimeOffset(File.GetLastWriteTimeUtc(file)) > _longestUnfinished)
            {
                Remove(file);
            }
        }
    }
}
