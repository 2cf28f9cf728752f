using Confgen.Runtime.Resolving;

namespace Confgen.Fuzz.Tests;

/// <summary>Responses of DNS servers, and what others send in their place.</summary>
public sealed class DnsFuzzTests
{
    [Fact]
    public void No_response_makes_the_reader_fail() =>
        Fuzzer.Try(
            "dns",
            input =>
            {
                // Its number is a random one each time.
                DnsQuery query =
                    DnsQuery.Of("api.example.test", DnsRecordType.Srv) ?? throw new InvalidOperationException("a good name is refused");
                byte[] message = [.. input];
                if (message.Length >= 2)
                {
                    query.Bytes.AsSpan(0, 2).CopyTo(message);
                }

                DnsAnswer? read = DnsAnswer.Read(message, query);
                Assert.True(read is null || read.Records.Count <= input.Length / 11, "more records than there is room for");
                return read is null ? "none" : $"{read.Code} {read.IsTruncated} {Math.Min(read.Records.Count, 5)}";
            }
        );
}
