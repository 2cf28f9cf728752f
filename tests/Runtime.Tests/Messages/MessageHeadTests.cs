using System.Text;
using Confgen.Runtime.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Runtime.Tests.Messages;

public sealed class MessageHeadTests
{
    private const string Good =
        "GET /a?b HTTP/1.1\r\nHost: a.test\r\nX-Empty:\r\nX-Blank: \t v w \t\r\nCookie: a=b\r\nX-\u00e4: no\r\n\r\nrest";

    [Fact]
    public void The_result_is_the_same_however_the_bytes_are_cut()
    {
        string text = Good.Replace("X-\u00e4: no\r\n", "X-Latin: \u00e4\r\n");
        for (int cut = 0; cut <= text.Length; cut++)
        {
            AssertGood(text[..cut], text[cut..]);
        }

        AssertGood([.. text.Select(c => c.ToString())]);
    }

    [Fact]
    public void Any_way_of_cutting_gives_the_same() =>
        Prop.ForAll<int[]>(cuts =>
            {
                string text = Good.Replace("X-\u00e4: no\r\n", "");
                var pieces = new List<string>();
                int at = 0;
                foreach (int cut in cuts)
                {
                    int length = Math.Min(Math.Abs(cut % 17), text.Length - at);
                    pieces.Add(text.Substring(at, length));
                    at += length;
                }

                pieces.Add(text[at..]);
                var (result, head, consumed) = Feed([.. pieces]);
                return result == HeadResult.Complete && consumed == text.Length - 4 && head.Fields.Count == 4;
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n Host: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX: a\rb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX: a\u0001b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX: a\u007fb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX\0: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX\u00e4: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX(y): a\r\n\r\n")]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\n\r\n")]
    public void What_is_no_head_is_refused_whole_and_byte_by_byte(string text)
    {
        Assert.Equal(HeadResult.Malformed, Feed(text).Result);
        Assert.Equal(HeadResult.Malformed, Feed([.. text.Select(c => c.ToString())]).Result);
    }

    [Fact]
    public void One_empty_line_may_come_first() => Assert.Equal(HeadResult.Complete, Feed("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n").Result);

    [Fact]
    public void A_first_line_over_the_limit_is_told_from_a_head_over_it()
    {
        Assert.Equal(HeadResult.LineTooLong, Feed("GET /" + new string('a', 40_000)).Result);
        Assert.Equal(HeadResult.TooLarge, Feed("GET / HTTP/1.1\r\nA: " + new string('a', 40_000)).Result);
        Assert.Equal(HeadResult.TooLarge, Feed("GET / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 300))).Result);
    }

    private static void AssertGood(params string[] pieces)
    {
        var (result, head, consumed) = Feed(pieces);
        Assert.Equal(HeadResult.Complete, result);
        Assert.Equal(string.Concat(pieces).Length - 4, consumed);
        Assert.Equal("GET /a?b HTTP/1.1", Encoding.Latin1.GetString(head.FirstLine));
        Assert.Equal(
            ["Host=a.test", "X-Empty=", "X-Blank=v w", "Cookie=a=b", "X-Latin=\u00e4"],
            Enumerable
                .Range(0, head.Fields.Count)
                .Select(i => Encoding.Latin1.GetString(head.Fields.Name(i)) + "=" + head.Fields.ValueText(i))
        );
    }

    private static (HeadResult Result, MessageHead Head, int Consumed) Feed(params string[] pieces)
    {
        var head = new MessageHead(hasFirstLine: true) { SkipsEmptyLine = true };
        (var result, int all) = (HeadResult.Partial, 0);
        foreach (string piece in pieces)
        {
            if (result == HeadResult.Partial)
            {
                result = head.Feed(Encoding.Latin1.GetBytes(piece), out int consumed);
                all += consumed;
            }
        }

        return (result, head, all);
    }
}
