using System.Globalization;
using System.Text;
using Confgen.Runtime.Messages;

namespace Confgen.Fuzz.Tests;

/// <summary>Chunked bodies: what is accepted is what a strict second reading says, to the byte where it ends.</summary>
public sealed class ChunkFuzzTests
{
    [Fact]
    public void What_is_accepted_means_the_same_to_a_strict_reader() =>
        Fuzzer.Try(
            "chunks",
            Check,
            ["0\r\n\r\n", "\r\n", "5\r\nhello\r\n", ";a=b", "ffffffffffffffff", "7fffffff", "0\r\nX: y\r\n\r\n", "\n", "\r", " "]
        );

    private static string Check(byte[] input)
    {
        (ChunkStep step, byte[] body, int consumed, FieldList trailers) = Read(input, input.Length);
        (ChunkStep cutStep, byte[] cutBody, int cutConsumed, _) = Read(input, 1);
        Assert.Equal((step, step == ChunkStep.End ? consumed : 0), (cutStep, step == ChunkStep.End ? cutConsumed : 0));
        Assert.Equal(body, cutBody);
        if (step != ChunkStep.End)
        {
            return $"{step} {body.Length > 0}";
        }

        (byte[] wanted, int end, int count) = Strict(input);
        Assert.Equal(wanted, body);
        Assert.Equal((end, count), (consumed, trailers.Count));
        return $"{body.Length > 0} {trailers.Count % 3} {input.Length - consumed > 0}";
    }

    // RFC 9112, section 7.1.
    private static (byte[] Body, int End, int Trailers) Strict(byte[] input)
    {
        var body = new List<byte>();
        for (int at = 0; ; )
        {
            int end = Array.IndexOf(input, (byte)'\n', at);
            Assert.True(end > at && input[end - 1] == '\r', "a chunk's line has no CR LF");
            string line = Encoding.Latin1.GetString(input, at, end - 1 - at);
            string digits = line.Split(';')[0];
            Assert.True(
                digits.Length > 0 && digits.All(char.IsAsciiHexDigit) && !line.Any(c => c is (< ' ' and not '\t') or '\x7f'),
                "no chunk size"
            );
            long size = long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at = end + 1;
            if (size == 0)
            {
                string rest = Encoding.Latin1.GetString(input, at, input.Length - at);
                int close = rest.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : rest.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
                List<(string, string)> trailers =
                    StrictHead.ReadFields(rest[..close]) ?? throw new InvalidOperationException("a strict reader refuses these trailers");
                return ([.. body], at + close, trailers.Count);
            }

            Assert.True(
                size <= input.Length - at - 2 && input[at + (int)size] == '\r' && input[at + (int)size + 1] == '\n',
                "a chunk doesn't end where its size says"
            );
            body.AddRange(input.AsSpan(at, (int)size));
            at += (int)size + 2;
        }
    }

    private static (ChunkStep Step, byte[] Body, int Consumed, FieldList Trailers) Read(byte[] input, int piece)
    {
        var reader = new ChunkedReader();
        var body = new List<byte>();
        int at = 0;
        for (int given = Math.Min(piece, input.Length); ; given = Math.Min(at + piece, input.Length))
        {
            ReadOnlySpan<byte> view = input.AsSpan(at, given - at);
            ChunkStep step = reader.Step(view, out int consumed, out Range data);
            if (step == ChunkStep.Data)
            {
                body.AddRange(view[data]);
            }

            at += consumed;
            if (
                step is ChunkStep.End or ChunkStep.Malformed
                || (step == ChunkStep.Partial && at >= input.Length)
                || (consumed == 0 && given == input.Length)
            )
            {
                return (step == ChunkStep.Data ? ChunkStep.Partial : step, [.. body], at, reader.Trailers);
            }
        }
    }
}
