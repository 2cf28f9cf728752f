namespace Confgen.Cli.Editing.Protocol;

/// <summary>Names of files as URIs, and back.</summary>
internal static class DocumentUri
{
    /// <summary>The URI of an absolute name.</summary>
    public static string Of(string path) => new Uri(path).AbsoluteUri;

    /// <summary>The absolute name that a <c>file:</c> URI means; null for another one, as that of a buffer that was never saved.</summary>
    public static string? PathOf(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) && parsed.IsFile ? Path.GetFullPath(parsed.LocalPath) : null;
}
