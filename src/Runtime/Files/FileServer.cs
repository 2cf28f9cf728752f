using System.Globalization;
using System.Text;
using Confgen.Files;
using Confgen.Model.Files;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Runtime.Compression;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Files;

/// <summary>
/// Serves files: (1) the method, (2) the path below the root, or the first of <c>try</c> that is there, (3) a directory's index, (4) a
/// compressed twin, (5) the file. With <c>files_first</c> the upstream responds where a step finds nothing.
/// </summary>
internal static class FileServer
{
    private const int PieceSize = 64 * 1024;
    private const int LargestPage = 16 * 1024 * 1024;

    /// <summary>Serves a file. 0 when a response was begun, else the status of the error.</summary>
    public static async ValueTask<int> ServeAsync(RoutedRequest request, FilesAction action)
    {
        try
        {
            return await FindAsync(request, action);
        }
        catch (NoDescriptorsException)
        {
            return 503;
        }
    }

    /// <summary>
    /// Serves a file of <c>files_first</c>. 0 when a response was begun, null when there is none and the upstream responds, else the status
    /// of the error.
    /// </summary>
    public static async ValueTask<int?> ServeFirstAsync(RoutedRequest request, FilesAction files)
    {
        if (request.Exchange.Request.Method is not ("GET" or "HEAD"))
        {
            return null;
        }

        try
        {
            // What else rewrites is for the upstream.
            bool cuts = request.Route.Config.Rewrite is { Kind: PathRewriteKind.StripPrefix };
            var root = new FileRoot(files.Root);
            foreach (string path in Candidates(request, files, cuts ? Rewritten(request) : request.Path))
            {
                // Where a file leads is asked of those alone that can't be sent.
                if (
                    root.IsFile(path)
                    && await SendAsync(request, files, root, path) is var status
                    && (status == 0 || !root.LeadsOutside(path))
                )
                {
                    return status;
                }
            }

            return null;
        }
        catch (NoDescriptorsException)
        {
            return 503;
        }
    }

    private static async ValueTask<int> FindAsync(RoutedRequest request, FilesAction action)
    {
        // 1. The method.
        Exchange exchange = request.Exchange;
        if (exchange.Request.Method is not ("GET" or "HEAD"))
        {
            (request.GuardEdits ??= new FieldEditor()).Set("Allow", "GET, HEAD");
            return 405;
        }

        // 2. The path.
        string own = request.Route.Rewriter.IsTransparent ? request.Path : Rewritten(request);
        var root = new FileRoot(action.Root);
        foreach (string candidate in Candidates(request, action, own))
        {
            // 3. A directory.
            string path = candidate;
            if (root.IsDirectory(path))
            {
                string? index = action.Index.FirstOrDefault(name => root.IsFile(path.TrimEnd('/') + "/" + name));
                if (index is not null && !path.EndsWith('/'))
                {
                    return await RedirectAsync(request);
                }

                if (index is null && action.Browse && path.EndsWith('/'))
                {
                    return await DirectoryListing.SendAsync(request, root, path);
                }

                path = index is null ? path : path + index;
            }

            // 4. and 5.
            if (root.IsFile(path))
            {
                return await SendAsync(request, action, root, path);
            }
        }

        return 404;
    }

    /// <summary>The content of an error page; null where it can't be read, isn't a regular file or is larger than 16 MiB.</summary>
    public static byte[]? TryReadPage(string file)
    {
        try
        {
            return RegularFile.ReadBytes(file, LargestPage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates(RoutedRequest request, FilesAction action, string own)
    {
        if (action.Try.Count == 0)
        {
            yield return Text(own);
        }

        foreach (TextTemplate template in action.Try)
        {
            string path = template.Expand(p => p.Placeholder == Placeholder.Path ? Text(own) : Text(request.ValueOf(p)));
            if (!path.Split('/', '\\').Contains("..") && !path.Contains('\0', StringComparison.Ordinal))
            {
                yield return path.StartsWith('/') ? path : "/" + path;
            }
        }
    }

    private static string Rewritten(RoutedRequest request)
    {
        string target = request.Route.Rewriter.Rewrite(request.Exchange.Request.Target);
        return NormalizedPath.Of(target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var q ? q : target.Length));
    }

    // A character for each byte becomes the text that the bytes are in UTF-8.
    private static string Text(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>Sends the client to the same target with a slash behind its path.</summary>
    public static async ValueTask<int> RedirectAsync(RoutedRequest request)
    {
        Exchange exchange = request.Exchange;
        string target = exchange.Request.Target;
        int question = target.IndexOf('?', StringComparison.Ordinal);

        // Two slashes in front would be another host to a browser.
        string path = "/" + (question < 0 ? target : target[..question]).TrimStart('/');
        exchange.Response.Reset(308);
        exchange.Response.Fields.Add("Location"u8, Encoding.Latin1.GetBytes(path + "/" + (question < 0 ? "" : target[question..])));
        exchange.Response.Length = 0;
        ResponseRules.Apply(request);
        exchange.Begin();
        await exchange.EndAsync(null);
        return 0;
    }

    private static async ValueTask<int> SendAsync(RoutedRequest request, FilesAction action, FileRoot root, string path)
    {
        Exchange exchange = request.Exchange;
        FieldList asked = exchange.Request.Fields;
        ContentCoding? coding = action
            .Precompressed.Cast<ContentCoding?>()
            .FirstOrDefault(c => c is { } one && AcceptEncoding.Takes(asked, one) && root.IsFile(path + SuffixOf(one)));
        using FileStream? file = root.Open(coding is { } chosen ? path + SuffixOf(chosen) : path);
        if (file is null)
        {
            return 404;
        }

        var validators = new Validators(file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        Response response = exchange.Response;
        response.Reset(200);
        response.Fields.Add("Content-Type"u8, Encoding.Latin1.GetBytes(MediaTypes.Of(path)));
        response.Fields.Add("Last-Modified"u8, Encoding.Latin1.GetBytes(validators.LastModified));
        response.Fields.Add("ETag"u8, Encoding.Latin1.GetBytes(validators.ETag));
        response.Fields.Add("Accept-Ranges"u8, "bytes"u8);
        if (action.Precompressed.Count > 0)
        {
            response.Fields.Add("Vary"u8, "Accept-Encoding"u8);
        }

        if (coding is { } sent)
        {
            response.Fields.Add("Content-Encoding"u8, AcceptEncoding.NameOf(sent));
        }

        (response.Status, long from, long length) = validators.Select(asked);
        switch (response.Status)
        {
            case 206:
                response.Fields.Add(
                    "Content-Range"u8,
                    Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + length - 1}/{file.Length}"))
                );
                break;
            case 416:
                response.Fields.Remove(FieldKind.ContentType);
                response.Fields.Add(
                    "Content-Range"u8,
                    Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Length}"))
                );
                break;
            default:
                break;
        }

        response.Length = response.Status == 304 ? null : length;
        response.HasBody = length > 0 && !exchange.Request.IsHead;
        ResponseRules.Apply(request);
        exchange.Begin();
        if (response.HasBody)
        {
            await CopyAsync(exchange, file, from, length);
        }

        await exchange.EndAsync(null);
        return 0;
    }

    private static async ValueTask CopyAsync(Exchange exchange, FileStream file, long from, long length)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (length > 0)
            {
                int count = await RandomAccess.ReadAsync(file.SafeFileHandle, buffer.AsMemory(0, (int)Math.Min(length, PieceSize)), from);
                if (count == 0)
                {
                    // It was cut meanwhile: the client must see that.
                    exchange.Abort();
                    throw new IOException("the file became shorter while it was sent");
                }

                await exchange.WriteAsync(buffer.AsMemory(0, count));
                await exchange.FlushAsync();
                (from, length) = (from + count, length - count);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string SuffixOf(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => ".br",
            ContentCoding.Zstd => ".zst",
            _ => ".gz",
        };
}
