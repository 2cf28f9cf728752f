using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

internal sealed partial class Exchange
{
    private static async Task WriteAsync(
        RawConnection connection,
        Request request,
        Progress upstream,
        Task continued,
        CancellationToken stop
    )
    {
        string[] pieces = [.. request.Sent];
        if (!request.InStep && !request.WaitsForContinue && request.Pause == TimeSpan.Zero)
        {
            await connection.SendAsync(Bytes.Of(request.Head + string.Concat(pieces)), stop);
            return;
        }

        await connection.SendAsync(Bytes.Of(request.Head), stop);
        if (request.WaitsForContinue)
        {
            await continued.WaitAsync(stop);
        }

        int sent = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            if (request.InStep)
            {
                await upstream.WaitForAsync(sent, stop);
            }

            await Task.Delay(request.Pause, stop);

            await connection.SendAsync(Bytes.Of(pieces[i]), stop);
            sent += i < request.Body.Count ? request.Body[i].Length : 0;
        }
    }

    private static async Task<IReadOnlyList<string>> EchoesAsync(
        RawConnection connection,
        IReadOnlyList<string> messages,
        IReadOnlyList<string> expected,
        Func<Task> meanwhile,
        CancellationToken stop
    )
    {
        var echoes = new List<string>();
        foreach (string message in messages)
        {
            if (message == Request.Silence && expected.ElementAtOrDefault(echoes.Count) != Request.Alive)
            {
                echoes.Add(await ClosesAsync(connection, stop) ? message : Request.Alive);
                return echoes;
            }

            await connection.SendAsync(new WebSocketFrame(WebSocketFrame.Text, Bytes.Of(message), Masked: true).ToBytes(), stop);
            WebSocketFrame? echo = await WebSocketFrame.ReadAsync(connection.Reader, stop);
            string got = echo is null ? "(closed)" : Bytes.ToText(echo.Payload);
            echoes.Add(got == Request.Silence ? Request.Alive : got);
            if (echoes.Count == 1)
            {
                await meanwhile();
            }
        }

        return echoes;
    }

    private static async Task<bool> ClosesAsync(RawConnection connection, CancellationToken stop)
    {
        try
        {
            return await connection.Reader.ClosedAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> AllLeftAsync(IReadOnlyList<RecordedRequest> requests)
    {
        try
        {
            await Task.WhenAll(requests.Select(r => r.Left.Task)).WaitAsync(ceiling);
            return requests.Count > 0;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<string?> LoggedAsync(LogCheck check)
    {
        string path = Path.Combine(stage.Folder, check.File);
        string text = "";
        for (var tried = System.Diagnostics.Stopwatch.StartNew(); tried.Elapsed < ceiling; await Task.Delay(20))
        {
            text =
                check.File == LogCheck.Output ? running.Log
                : File.Exists(path) ? await ReadSharedAsync(path)
                : "";
            if (check.IsMatch(text))
            {
                return check.HasForbidden(text) ? text : null;
            }
        }

        return text;
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static Observation Decoded(Observation seen)
    {
        byte[] body = seen.Response?.Body.Bytes ?? [];
        string? coding = seen.Response?.Header("Content-Encoding");
        if (seen.Response is not { } response || body.Length == 0 || coding is not ("gzip" or "br"))
        {
            return seen with { Body = body };
        }

        using var decoded = new MemoryStream();
        try
        {
            using Stream decoder =
                coding == "gzip"
                    ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress)
                    : new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
            decoder.CopyTo(decoded);
            return seen with { Body = decoded.ToArray() };
        }
        catch (InvalidDataException) when (response.Body.Fault is not null)
        {
            // Of a body that was cut off, what can be read of it.
            return seen with { Body = decoded.ToArray() };
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return seen with
            {
                Body = body,
                Response = response with { Body = response.Body with { Fault = response.Body.Fault ?? $"not {coding}: {e.Message}" } },
            };
        }
    }

    private static IReadOnlyList<string> NamesOf(X509Certificate2 certificate) =>
        [
            .. certificate
                .Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))),
        ];
}
