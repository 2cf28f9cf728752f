using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Grid.Hostile;

/// <summary>Sends one request with a hostile field, byte for byte as it is.</summary>
internal sealed class HostileClient(GridRun run, HostileField field, (int Plain, int Tls) ports)
{
    /// <summary>Sends it.</summary>
    /// <returns>What came back: a status, <c>closed</c>, a reset's reason, or <c>silence</c>.</returns>
    public async Task<string> SendAsync(CancellationToken stop)
    {
        try
        {
            return run.Case.Client == GridClient.Http2 ? await OverHttp2Async(stop) : await OverHttp1Async(stop);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "silence";
        }
    }

    private async Task<string> OverHttp1Async(CancellationToken stop)
    {
        string version = run.Case.Client == GridClient.Http10 ? "1.0" : "1.1";
        string method = run.Case.Request.Method;
        string target = run.Target;
        switch (field.Name)
        {
            case ":method":
                method = field.Value;
                break;
            case ":path":
                target = field.Value;
                break;
            default:
                break;
        }

        string host = field is { Place: HostilePlace.Pseudo, Name: ":authority" } ? field.Value : run.Host;
        string line = field.Place == HostilePlace.Head ? $"{field.Name}: {field.Value}\r\n" : "";
        bool chunked = run.Case.Request.Framing == Framing.Chunked;
        string body = chunked ? $"4\r\n{Bytes.ToText(run.Up.From(0).Span)}\r\n0\r\n{field.Name}: {field.Value}\r\n\r\n" : "";
        await using RawConnection connection = await RawConnection.OpenAsync(ports.Plain, null, null, stop);
        await connection.SendAsync(
            Bytes.Of(
                $"{method} {target} HTTP/{version}\r\nHost: {host}\r\nX-Checked: yes\r\n"
                    + $"{line}{(chunked ? "Transfer-Encoding: chunked\r\n" : "")}\r\n{body}"
            ),
            stop
        );

        // A length that is announced wants its bytes; what the program makes of them is its affair.
        if (field.Place == HostilePlace.Head && field.Name.Contains("ength", StringComparison.OrdinalIgnoreCase))
        {
            await connection.SendAsync(Bytes.Of("01234"), stop);
        }

        if (field.Place == HostilePlace.Head && field.Name.Contains("ncoding", StringComparison.OrdinalIgnoreCase))
        {
            await connection.SendAsync(Bytes.Of("0\r\n\r\n"), stop);
        }

        RawResponse? response = await RawResponse.ReadAsync(connection.Reader, method, null, stop);
        return response is null ? "closed" : $"{response.Status}";
    }

    private async Task<string> OverHttp2Async(CancellationToken stop)
    {
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = run.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        };
        await using RawConnection connection = await RawConnection.OpenAsync(ports.Tls, null, tls, stop);
        using var peer = new Http2Peer(connection.Stream, connection.Reader, isServer: false);
        Task reading = peer.RunAsync(stop);
        try
        {
            List<Field> fields =
            [
                new(":method", run.Case.Request.Method),
                new(":scheme", "https"),
                new(":authority", run.Host),
                new(":path", run.Target),
            ];
            if (field.Place == HostilePlace.Pseudo)
            {
                fields.RemoveAll(f => f.Name == field.Name);
                fields.Add(new(field.Name, field.Value));
            }

            fields.Add(new("x-checked", "yes"));
            if (field.Place == HostilePlace.Head)
            {
                fields.Add(new(field.Name, field.Value));
            }

            bool hasBody = run.Case.Request.Framing != Framing.None;
            Http2Stream stream = peer.Open();
            await peer.SendHeadersAsync(stream, fields, ends: !hasBody, stop);
            if (hasBody)
            {
                await peer.SendDataAsync(stream, run.Up.From(0), ends: false, stop);
                await peer.SendHeadersAsync(stream, [new(field.Name, field.Value)], ends: true, stop);
            }

            while (await stream.HeadAsync(stop) is { } head)
            {
                if (!head[0].Value.StartsWith('1'))
                {
                    return head[0].Value;
                }
            }

            return stream.Left ?? stream.Fault ?? "closed";
        }
        finally
        {
            connection.Close();
            await reading;
        }
    }
}
