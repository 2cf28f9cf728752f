using System.Text;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Runtime.Tests.Http3.Qpack;

public sealed class FieldSectionTests
{
    [Fact]
    public void The_example_of_the_standard_decodes() =>
        Assert.Equal(
            // RFC 9204, appendix B.1: a literal with a name of the static table.
            (":path", "/index.html"),
            Assert.Single(Read("0000510b2f696e6465782e68746d6c"))
        );

    [Theory]
    [InlineData("0000d1", ":method", "GET")]
    [InlineData("0000c0", ":authority", "")]
    [InlineData("0000ff23", "x-frame-options", "sameorigin")]
    [InlineData("00005f500161", "user-agent", "a")]
    [InlineData("0000236162630178", "abc", "x")]
    [InlineData("0000336162630178", "abc", "x")] // Never to be indexed.
    [InlineData("00007000", ":authority", "")]
    [InlineData("00002f0125a849e95ba97d7f8925a849e95bb8e8b4bf", "custom-key", "custom-value")]
    public void Each_form_of_a_field_decodes(string section, string name, string value) =>
        Assert.Equal((name, value), Assert.Single(Read(section)));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0100")] // Entries of the dynamic table.
    [InlineData("0080")] // A base before its start.
    [InlineData("000080")] // A field of the dynamic table,
    [InlineData("000010")] // one behind the base,
    [InlineData("0000400161")] // a name of it,
    [InlineData("0000000161")] // and one behind the base.
    [InlineData("0000ff24")] // Beyond the static table.
    [InlineData("00005f54")]
    [InlineData("0000ff")]
    [InlineData("0000ffffffffffffffffffff7f")]
    [InlineData("000051")]
    [InlineData("0000510b2f")]
    [InlineData("00002361")]
    [InlineData("000023616263")]
    [InlineData("00002f01ffffffffffffffffff00")] // No Huffman code.
    public void Whatever_else_is_malformed(string section) =>
        Assert.Equal(SectionResult.Malformed, FieldSectionReader.Read(Convert.FromHexString(section), new FieldList(), 32768));

    [Fact]
    public void Any_bytes_decode_or_are_refused() =>
        Prop.ForAll<byte[]>(bytes =>
            {
                FieldSectionReader.Read([0, 0, .. bytes], new FieldList(), 1000);
                FieldSectionReader.Read(bytes, new FieldList(), 1000);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll<(NonNull<string> Name, NonNull<string> Value)[]>(texts =>
            {
                var sent = new FieldList();
                foreach ((NonNull<string> name, NonNull<string> value) in texts)
                {
                    sent.Add(Encoding.Latin1.GetBytes("x" + name.Get.ToLowerInvariant()), Encoding.Latin1.GetBytes(value.Get));
                }

                var output = new OutputBuffer();
                FieldSectionWriter.WriteNoStatus(output);
                FieldSectionWriter.WriteFields(output, sent);
                var received = new FieldList();
                Assert.Equal(SectionResult.Complete, FieldSectionReader.Read(output.Memory.Span, received, 1 << 20));
                Assert.Equal(
                    Enumerable.Range(0, sent.Count).Select(sent.ValueText),
                    Enumerable.Range(0, received.Count).Select(received.ValueText)
                );
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_entry_of_the_static_table_is_found()
    {
        Assert.Equal(99, StaticTable.Fields.Count);
        for (int i = 0; i < StaticTable.Fields.Count; i++)
        {
            Assert.Equal(i, StaticTable.Fields.Find(StaticTable.Fields.Name(i), StaticTable.Fields.Value(i), out bool hasValue));
            Assert.True(hasValue);
        }

        Assert.Equal(24, StaticTable.Fields.Find(":status"u8, "418"u8, out bool has));
        Assert.False(has);
        Assert.Equal(-1, StaticTable.Fields.Find("x-none"u8, "1"u8, out _));
    }

    [Fact]
    public void A_section_is_no_larger_than_its_limit()
    {
        byte[] section = [0, 0, .. Enumerable.Repeat((byte)0xd1, 300)];
        Assert.Equal(SectionResult.TooLarge, FieldSectionReader.Read(section, new FieldList(), 1 << 20));
        Assert.Equal(SectionResult.TooLarge, FieldSectionReader.Read(section.AsSpan(0, 100), new FieldList(), 1000));
        Assert.Equal(SectionResult.Complete, FieldSectionReader.Read(section.AsSpan(0, 100), new FieldList(), 2000));
    }

    private static List<(string, string)> Read(string section)
    {
        var fields = new FieldList();
        Assert.Equal(SectionResult.Complete, FieldSectionReader.Read(Convert.FromHexString(section), fields, 32768));
        return [.. Enumerable.Range(0, fields.Count).Select(i => (Encoding.Latin1.GetString(fields.Name(i)), fields.ValueText(i)))];
    }
}
