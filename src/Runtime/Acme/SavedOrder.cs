using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>An order under way, on the disk with its key before anything is done with it: the next process continues it.</summary>
/// <param name="Url">Where it is at the authority.</param>
/// <param name="Source">The directory of the authority, and the profile.</param>
/// <param name="Key">The certificate's key in PEM.</param>
internal sealed record SavedOrder(string Url, string Source, string Key)
{
    private const string File = "order.json";

    /// <summary>Reads the order of a certificate's folder; null where there is none by the same settings.</summary>
    public static SavedOrder? Read(string folder, string source) =>
        AcmeStorage.ReadJson(Path.Combine(folder, File)) is { } json
        && AcmeJson.Text(json, "url") is { } url
        && AcmeJson.Text(json, "key") is { } key
        && AcmeJson.Text(json, "source") == source
            ? new SavedOrder(url, source, key)
            : null;

    /// <summary>Removes it.</summary>
    public static void Remove(string folder) => AcmeStorage.Remove(Path.Combine(folder, File));

    /// <summary>Writes it.</summary>
    public void Write(string folder) =>
        SecretFile.Write(
            Path.Combine(folder, File),
            AcmeJson.Write(json =>
            {
                json.WriteString("url", Url);
                json.WriteString("source", Source);
                json.WriteString("key", Key);
            })
        );
}
