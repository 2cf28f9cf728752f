using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Running;

internal sealed partial class Exchange
{
    private async Task<Observation> SendHttp2Async(Request request, CancellationToken stop)
    {
        IReadOnlyList<string> names = [];
        await using RawConnection connection = await RawConnection.OpenAsync(
            request.Port,
            request.From,
            TlsOf(request, c => names = NamesOf(c)),
            stop
        );
        if (!connection.SpeaksHttp2)
        {
            return new Observation
            {
                Requests = [],
                Trouble = "HTTP/2 is not offered",
                CertificateNames = names,
            };
        }

        Field[] fields =
        [
            new(":method", request.Method),
            new(":scheme", "https"),
            new(":authority", request.Host ?? ""),
            new(":path", request.Target),
            .. request.Fields.Select(f => new Field(f.Name.ToLowerInvariant(), f.Value)),
        ];
        (RawResponse? response, string? trouble) = await new Http2Exchange(connection).SendAsync(
            fields,
            Bytes.Of(request.BodyText),
            [.. MessageReader.Fields(request.Trailers).Select(f => new Field(f.Name.ToLowerInvariant(), f.Value))],
            stop
        );
        return new Observation
        {
            Requests = [],
            Response = response,
            Trouble = trouble,
            CertificateNames = names,
        };
    }
}
