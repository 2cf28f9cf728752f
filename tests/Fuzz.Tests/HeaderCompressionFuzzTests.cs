using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Fuzz.Tests;

/// <summary>
/// HPACK and QPACK: no input makes a decoder fail otherwise than by saying so, none gets more than the limit, and what was read survives
/// being written again.
/// </summary>
public sealed class HeaderCompressionFuzzTests
{
    private const int Limit = 16 * 1024;

    // Several blocks of one connection: a byte of length before each.
    [Fact]
    public void Hpack_reads_what_was_written_and_refuses_the_rest() =>
        Fuzzer.Try(
            "hpack",
            input =>
            {
                var decoder = new HpackReader();
                var said = new List<string>();
                for (int at = 0; at < input.Length; )
                {
                    int length = Math.Min(input[at], input.Length - at - 1);
                    var fields = new FieldList();
                    SectionResult result = decoder.Read(input.AsSpan(at + 1, length), fields, Limit);
                    if (result == SectionResult.Malformed)
                    {
                        said.Add("malformed");
                        break;
                    }

                    at += 1 + length;
                    said.Add(result == SectionResult.TooLarge ? "large" : $"{fields.Count}");
                    if (result == SectionResult.Complete)
                    {
                        AssertBounded(fields);
                    }

                    if (result == SectionResult.Complete && AreTokens(fields))
                    {
                        Same(
                            fields,
                            output => WriteAll(fields, output),
                            (bytes, into) => new HpackReader().Read(bytes, into, Limit) == SectionResult.Complete
                        );
                    }
                }

                return string.Join(" ", said.Take(4));
            }
        );

    [Fact]
    public void Qpack_reads_what_was_written_and_refuses_the_rest() =>
        Fuzzer.Try(
            "qpack",
            input =>
            {
                var fields = new FieldList();
                SectionResult result = FieldSectionReader.Read(input, fields, Limit);
                if (result != SectionResult.Complete)
                {
                    return result.ToString();
                }

                AssertBounded(fields);
                if (!AreTokens(fields))
                {
                    return "no names";
                }

                Same(
                    fields,
                    output =>
                    {
                        FieldSectionWriter.WriteNoStatus(output);
                        for (int i = 0; i < fields.Count; i++)
                        {
                            FieldSectionWriter.WriteField(output, fields.Name(i), fields.Value(i));
                        }
                    },
                    (bytes, into) => FieldSectionReader.Read(bytes, into, Limit) == SectionResult.Complete
                );
                return $"{fields.Count}";
            }
        );

    // What comes next refuses other names, so nobody writes them.
    private static bool AreTokens(FieldList fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (!MessageHead.IsToken(fields.Name(i).TrimStart((byte)':')))
            {
                return false;
            }
        }

        return true;
    }

    private static void AssertBounded(FieldList fields)
    {
        long length = Enumerable.Range(0, fields.Count).Sum(i => (long)fields[i].NameLength + fields[i].ValueLength);
        Assert.True(length <= Limit && fields.Count <= MessageHead.MostFields, $"{fields.Count} fields of {length} bytes");
    }

    private static void WriteAll(FieldList fields, OutputBuffer output)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            HpackWriter.Write(output, fields.Name(i), fields.Value(i));
        }
    }

    private static void Same(FieldList fields, Action<OutputBuffer> write, Func<byte[], FieldList, bool> read)
    {
        var output = new OutputBuffer();
        write(output);
        var again = new FieldList();
        Assert.True(read(output.Memory.ToArray(), again), "what was read can't be written");
        output.Release();
        Assert.Equal(Texts(fields), Texts(again));
    }

    private static IEnumerable<string> Texts(FieldList fields) =>
        Enumerable
            .Range(0, fields.Count)
            .Select(i => System.Text.Encoding.Latin1.GetString(fields.Name(i)).ToLowerInvariant() + "\n" + fields.ValueText(i));
}
