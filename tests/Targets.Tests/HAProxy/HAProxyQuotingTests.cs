using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.HAProxy;

/// <summary>What is quoted is read back as it was, by the reader and by HAProxy itself.</summary>
public sealed class HAProxyQuotingTests(ITestOutputHelper output)
{
    private const int Seed = 20263;
    private const int Random = 300;
    private static readonly char[] _special = [.. "\"'\\$#%{}[]() \t\r\n,;=:/-ab1é€\x01\x7f"];

    private static readonly string[] _values =
    [
        "a",
        "a b",
        "\"",
        "\\",
        "\\\"",
        "$HOME",
        "${HOME}",
        "\\$HOME",
        "#",
        "a#b",
        "'",
        "%[src]",
        "%%",
        "}",
        "{ src }",
        "if",
        "\\x41",
        "\\n",
        "a\nb",
        "a\r\nb",
        "\t",
        "\x7f",
        "é€",
        "a\\",
        "a\\ b",
        new string('x', 3000),
    ];

    private static IEnumerable<string> Values
    {
        get
        {
            var random = new Random(Seed);
            return _values.Concat(Enumerable.Range(0, Random).Select(_ => new string(random.GetItems(_special, random.Next(1, 12)))));
        }
    }

    [Fact]
    public void The_reader_reads_one_word_with_the_value()
    {
        foreach (string value in Values)
        {
            Assert.Null(HAProxyQuoting.Refusal(value));
            var findings = new List<HAProxyFinding>();
            HAProxyLine line = Assert.Single(HAProxyReader.Read($"a {HAProxyQuoting.Word(value)} b", findings));
            Assert.Empty(findings);
            Assert.Equal(["a", value, "b"], line.Words.Select(word => word.Text));
        }
    }

    [Fact]
    public void What_no_file_can_hold_is_refused() =>
        Assert.All(["a\0b", "a\ud800", "\udc00b"], value => Assert.NotNull(HAProxyQuoting.Refusal(value)));

    [Fact]
    public async Task HAProxy_reads_the_value()
    {
        if (!RealHAProxy.IsHere(output))
        {
            return;
        }

        string[] values = [.. Values];
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "haproxy.cfg");
        string socket = Path.Combine(folder.Path, "socket");
        var text = new StringBuilder($"defaults\n mode http\n timeout client 10s\nfrontend f\n bind unix@{socket}\n");
        for (int i = 0; i < values.Length; i++)
        {
            string word = HAProxyQuoting.Word(values[i]);
            text.Append(null, $" http-request return status 200 content-type text/plain string {word} if {{ path /s{i} }}\n");
            string format = HAProxyQuoting.Word(HAProxyQuoting.EscapeFormat(values[i]));
            text.Append(null, $" http-request return status 200 content-type text/plain lf-string {format} if {{ path /f{i} }}\n");
        }

        folder.Write("haproxy.cfg", text.ToString());
        using Process process = RealHAProxy.Start("-db", "-f", file);
        try
        {
            using var client = new HttpClient(
                new SocketsHttpHandler
                {
                    ConnectCallback = async (_, stop) =>
                    {
                        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                        for (int tries = 0; !process.HasExited; tries++)
                        {
                            try
                            {
                                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                                break;
                            }
                            catch (SocketException) when (tries < 500)
                            {
                                await Task.Delay(20, stop);
                            }
                        }

                        return new NetworkStream(connection, ownsSocket: true);
                    },
                }
            );
            for (int i = 0; i < values.Length; i++)
            {
                foreach (char kind in "sf")
                {
                    HttpResponseMessage response = await client.GetAsync(new Uri($"http://a.test/{kind}{i}"));
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    Assert.Equal(values[i], Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
