using System.Text;
using Confgen.Runtime.Hpack;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Runtime.Tests.Hpack;

public sealed class HuffmanTests
{
    /// <summary>Strings of RFC 7541, appendix C.</summary>
    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("25a849e95ba97d7f", "custom-key")]
    [InlineData("25a849e95bb8e8b4bf", "custom-value")]
    [InlineData("6402", "302")]
    [InlineData("aec3771a4b", "private")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    [InlineData("9d29ad171863c78f0b97c8e9ae82ae43d3", "https://www.example.com")]
    [InlineData(
        "94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
        "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"
    )]
    public void The_examples_of_the_standard_decode(string encoded, string text) =>
        Assert.Equal(text, Decode(Convert.FromHexString(encoded)));

    [Fact]
    public void The_code_is_complete_and_its_ends_are_those_of_the_standard()
    {
        Assert.Equal(1.0, Enumerable.Range(0, 257).Sum(s => Math.Pow(2, -Huffman.LengthOf(s))));
        Assert.Equal((0x0u, 0x5cu, 0x3fffffffu), (Huffman.CodeOf('0'), Huffman.CodeOf(':'), Huffman.CodeOf(256)));
        Assert.Equal((0x7ffffefu, 0x3ffffeeu, 0xffffffeu), (Huffman.CodeOf(253), Huffman.CodeOf(255), Huffman.CodeOf(249)));
    }

    [Fact]
    public void What_is_encoded_decodes_to_the_same() =>
        Prop.ForAll<byte[]>(bytes => Assert.Equal(bytes, Bytes(Encode(bytes)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_decode_or_are_refused() =>
        Prop.ForAll<byte[]>(bytes =>
            {
                if (Bytes(bytes) is { } decoded)
                {
                    Assert.Equal(bytes, Encode(decoded));
                }
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ff", false)] // Padding of a whole byte.
    [InlineData("07ff", false)]
    [InlineData("00", false)] // Padding that isn't ones.
    [InlineData("fffffffc", false)] // The end-of-string symbol.
    [InlineData("ffffffff", false)]
    [InlineData("07", true)]
    [InlineData("", true)]
    public void Padding_is_short_and_all_ones(string encoded, bool isValid) =>
        Assert.Equal(isValid, Bytes(Convert.FromHexString(encoded)) is not null);

    /// <summary>The string as a client would send it.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> text)
    {
        var bits = new StringBuilder();
        foreach (byte b in text)
        {
            bits.Append(Convert.ToString(Huffman.CodeOf(b), 2).PadLeft(Huffman.LengthOf(b), '0'));
        }

        string padded = bits.ToString();
        padded += new string('1', (8 - (padded.Length % 8)) % 8);
        return [.. padded.Chunk(8).Select(c => Convert.ToByte(new string(c), 2))];
    }

    private static string? Decode(byte[] encoded) => Bytes(encoded) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;

    private static byte[]? Bytes(byte[] encoded)
    {
        byte[] decoded = new byte[Huffman.MostDecoded(encoded.Length)];
        return Huffman.TryDecode(encoded, decoded, out int written) ? decoded[..written] : null;
    }
}
