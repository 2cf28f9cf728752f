using System.Globalization;
using System.Text;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Messages;

namespace Confgen.Fuzz.Tests;

/// <summary>
/// Heads of HTTP/1.x requests: what is accepted is what a strict second reading says, however the bytes are cut, and survives being written
/// again.
/// </summary>
public sealed class RequestHeadFuzzTests
{
    private static readonly string[] _pieces =
    [
        "\r\n",
        "\r\n\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 5, 5\r\n",
        "Host: b\r\n",
        "HTTP/1.0",
        "HTTP/1.1",
        "chunked",
        "\n",
        "\r",
        " :",
        "Transfer_Encoding: chunked\r\n",
        "http://h/",
    ];

    [Fact]
    public void What_is_accepted_means_the_same_to_a_strict_reader() => Fuzzer.Try("heads", Check, _pieces);

    private static string Check(byte[] input)
    {
        (HeadResult result, int consumed, MessageHead head) = Feed(input, input.Length);
        (HeadResult cut, int cutConsumed, MessageHead other) = Feed(input, 1);
        Assert.Equal((result, consumed), (cut, cutConsumed));
        if (result != HeadResult.Complete)
        {
            return result.ToString();
        }

        Assert.Equal(head.Fields.Bytes.ToArray(), other.Fields.Bytes.ToArray());
        var request = new Request { Fields = head.Fields };
        var sent = Enumerable
            .Range(0, head.Fields.Count)
            .Select(i => (Encoding.Latin1.GetString(head.Fields.Name(i)), head.Fields.ValueText(i)))
            .ToList();
        int refusal = RequestHead.Read(head, request);
        if (refusal != 0)
        {
            Assert.InRange(refusal, 400, 599);
            return $"{refusal} with {Math.Min(sent.Count, 4)} fields";
        }

        var strict =
            StrictHead.ReadRequest(input.AsSpan(0, consumed)) ?? throw new InvalidOperationException("a strict reader refuses this head");
        Assert.Equal(strict.Fields, sent);
        Assert.Equal(strict.Method, request.Method);
        Assert.EndsWith(request.Target.TrimStart('/'), strict.Target, StringComparison.Ordinal);
        string framing = Framing(strict.Version, strict.Fields);
        Assert.Equal(
            framing,
            request.Framing == BodyFraming.Counted ? $"length {request.Length}" : request.Framing.ToString().ToLowerInvariant()
        );
        Again(request, strict);
        return $"{request.Method.Length > 8} {framing.Split(' ')[0]} {request.IsHttp10} {request.IsWebSocket} {request.ExpectsContinue} "
            + $"{strict.Fields.Count % 5}";
    }

    // RFC 9112, section 6.3: what an accepted request's framing can be at all.
    private static string Framing(string version, List<(string Name, string Value)> fields)
    {
        string[] codings = [.. Values(fields, "transfer-encoding")];
        string[] lengths = [.. Values(fields, "content-length")];
        if (codings.Length > 0)
        {
            Assert.True(
                codings is [var only]
                    && only.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                    && lengths.Length == 0
                    && version == "HTTP/1.1",
                "an ambiguous framing was accepted"
            );
            return "chunked";
        }

        if (lengths.Length == 0)
        {
            return "none";
        }

        Assert.True(lengths.Distinct().Count() == 1 && lengths[0].All(char.IsAsciiDigit), "a length that is none was accepted");
        long length = long.Parse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return length == 0 ? "none" : $"length {length}";
    }

    private static void Again(
        Request request,
        (string Method, string Target, string Version, List<(string Name, string Value)> Fields) strict
    )
    {
        string text =
            $"{request.Method} {request.Target} {strict.Version}\r\n"
            + $"{string.Concat(strict.Fields.Select(f => $"{f.Name}: {f.Value}\r\n"))}\r\n";
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        (HeadResult result, int consumed, MessageHead head) = Feed(bytes, bytes.Length);
        var again = new Request { Fields = head.Fields };
        Assert.Equal((result, consumed, strict.Fields.Count), (HeadResult.Complete, bytes.Length, head.Fields.Count));
        Assert.Equal(0, RequestHead.Read(head, again));
        Assert.Equal(
            (request.Method, request.Target, request.Framing, request.Length),
            (again.Method, again.Target, again.Framing, again.Length)
        );
    }

    private static IEnumerable<string> Values(List<(string Name, string Value)> fields, string name) =>
        fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value);

    private static (HeadResult Result, int Consumed, MessageHead Head) Feed(byte[] input, int piece)
    {
        var head = new MessageHead(hasFirstLine: true) { SkipsEmptyLine = true };
        int at = 0;
        while (at < input.Length)
        {
            HeadResult result = head.Feed(input.AsSpan(at, Math.Min(piece, input.Length - at)), out int consumed);
            at += consumed;
            if (result != HeadResult.Partial)
            {
                return (result, result == HeadResult.Complete ? at : 0, head);
            }
        }

        return (HeadResult.Partial, 0, head);
    }
}
