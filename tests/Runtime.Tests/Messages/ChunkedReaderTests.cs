using System.Text;
using Confgen.Runtime.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Runtime.Tests.Messages;

public sealed class ChunkedReaderTests
{
    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("A;x=y\r\n0123456789\r\n3\r\nabc\r\n000\r\nX-T: v\r\n\r\n", "0123456789abc")]
    [InlineData("00a;\"q\"\r\n0123456789\r\n0\r\n\r\n", "0123456789")]
    [InlineData("0\r\n\r\n", "")]
    public void The_body_is_the_same_however_the_bytes_are_cut(string text, string body)
    {
        for (int cut = 0; cut <= text.Length; cut++)
        {
            Assert.Equal((ChunkStep.End, body, 0), Read(text[..cut], text[cut..]));
        }

        Assert.Equal((ChunkStep.End, body, 0), Read([.. text.Select(c => c.ToString())]));
    }

    [Fact]
    public void What_follows_the_body_is_left() => Assert.Equal((ChunkStep.End, "abc", 5), Read("3\r\nabc\r\n0\r\n\r\nGET /"));

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData(";x\r\n")]
    [InlineData("g\r\n")]
    [InlineData("-5\r\nhello\r\n")]
    [InlineData("+5\r\nhello\r\n")]
    [InlineData("0x5\r\nhello\r\n")]
    [InlineData(" 5\r\nhello\r\n")]
    [InlineData("5 \r\nhello\r\n")]
    [InlineData("5;a\nb\r\nhello\r\n")]
    [InlineData("5;a\rb\r\nhello\r\n")]
    [InlineData("5;a\0\r\nhello\r\n")]
    [InlineData("5\rhello")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("10000000000000005\r\n")]
    [InlineData("0\r\n\n")]
    [InlineData("0\r\nX: a\n\r\n")]
    [InlineData("0\r\nX : a\r\n\r\n")]
    [InlineData("0\r\nGET / HTTP/1.1\r\n\r\n")]
    public void What_is_no_chunked_body_is_refused_whole_and_byte_by_byte(string text)
    {
        Assert.Equal(ChunkStep.Malformed, Read(text).Step);
        Assert.Equal(ChunkStep.Malformed, Read([.. text.Select(c => c.ToString())]).Step);
    }

    [Fact]
    public void Extensions_are_limited_each_and_all_together()
    {
        Assert.Equal(ChunkStep.Malformed, Read("1;" + new string('a', 300)).Step);
        Assert.Equal(ChunkStep.Malformed, Read(string.Concat(Enumerable.Repeat("1;" + new string('a', 200) + "\r\nx\r\n", 60))).Step);
    }

    [Fact]
    public void A_body_cut_into_any_chunks_comes_out_whole() =>
        Prop.ForAll<byte[][]>(chunks =>
            {
                var text = new StringBuilder();
                foreach (byte[] chunk in chunks.Where(c => c.Length > 0))
                {
                    text.Append(chunk.Length.ToString("x")).Append("\r\n").Append(Encoding.Latin1.GetString(chunk)).Append("\r\n");
                }

                text.Append("0\r\n\r\n");
                string body = string.Concat(chunks.Select(Encoding.Latin1.GetString));
                return Read(text.ToString()) == (ChunkStep.End, body, 0)
                    && Read([.. text.ToString().Chunk(3).Select(c => new string(c))]) == (ChunkStep.End, body, 0);
            })
            .QuickCheckThrowOnFailure();

    private static (ChunkStep Step, string Body, int Left) Read(params string[] pieces)
    {
        var reader = new ChunkedReader();
        var body = new StringBuilder();
        (var step, int left) = (ChunkStep.Partial, 0);
        foreach (string piece in pieces)
        {
            ReadOnlySpan<byte> bytes = Encoding.Latin1.GetBytes(piece);
            while (!bytes.IsEmpty && step is not (ChunkStep.End or ChunkStep.Malformed))
            {
                step = reader.Step(bytes, out int consumed, out Range data);
                body.Append(Encoding.Latin1.GetString(bytes[data]));
                bytes = bytes[consumed..];
            }

            left += bytes.Length;
        }

        return (step, body.ToString(), left);
    }
}
