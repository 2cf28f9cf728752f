using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Targets.Apache.Syntax;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.Apache;

/// <summary>What is quoted is read back as it was, by the reader and by httpd itself.</summary>
public sealed class ApacheQuotingTests(ITestOutputHelper output)
{
    private const int Seed = 20264;
    private const int Random = 300;
    private static readonly char[] _special = [.. "\"'\\$#%{}[]() \t\r,;=:/-ab1é€\x01\x7f"];

    private static readonly string[] _values =
    [
        "a",
        "a b",
        "\"",
        "\\",
        "\\\"",
        "\\\\",
        "$HOME",
        "${HOME}",
        "\\${HOME}",
        "#",
        "'",
        "%{HTTP_HOST}",
        "%%",
        "$1",
        "\\1",
        "\\x41",
        "\\n",
        "expr=%{HTTP_HOST}",
        "/etc/passwd",
        "https://a.test/",
        "default",
        "<If>",
        "\t",
        "a\rb",
        "é€",
        "a\\",
        new string('x', 20000),
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
    public void The_reader_reads_one_argument_with_the_value()
    {
        foreach (string value in Values)
        {
            Assert.Null(ApacheQuoting.Refusal(value));
            Assert.Equal([value, "b"], Read($"a {ApacheQuoting.Word(value)} b"));
            if (ApacheQuoting.FitsRaw(value))
            {
                Assert.Equal([value, "b"], Read($"RewriteRule {ApacheQuoting.Raw(value)} b"));
            }
        }
    }

    [Fact]
    public void What_no_line_can_hold_is_refused() =>
        Assert.All(["a\0b", "a\nb", "a\ud800", "\udc00b"], value => Assert.NotNull(ApacheQuoting.Refusal(value)));

    [Fact]
    public async Task Httpd_reads_the_value()
    {
        if (!RealApache.IsHere(output))
        {
            return;
        }

        // A body may have line breaks; a field may not.
        string[] values = [.. Values, "a\nb", "\r\n"];
        int port = FreePort();
        using var folder = new TemporaryFolder();
        folder.Write("apache2.conf", Configuration(values, port));
        using Process process = RealApache.Start(folder.Path, "-DFOREGROUND");
        try
        {
            using var client = new HttpClient();
            for (int i = 0; i < values.Length; i++)
            {
                HttpResponseMessage response = await GetAsync(client, new Uri($"http://127.0.0.1:{port}/v{i}"), process);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Equal(values[i], Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
                if (IsField(values[i]))
                {
                    Assert.Equal(values[i], Assert.Single(response.Headers.GetValues("X-Value")));
                }
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    // httpd sends no control characters; the platform's client trims a field and reads it as Latin-1.
    private static bool IsField(string value) => !value.Any(c => c is < ' ' or > '~') && value.Trim() == value && value.Length < 5000;

    private static IEnumerable<string> Read(string line)
    {
        var findings = new List<ApacheFinding>();
        ApacheDirective directive = Assert.Single(ApacheReader.Read(line, findings));
        Assert.Empty(findings);
        return directive.Arguments.Select(argument => argument.Text);
    }

    private static string Configuration(string[] values, int port)
    {
        var text = new StringBuilder();
        foreach (string module in new[] { "mpm_event", "authz_core", "headers", "rewrite" })
        {
            text.Append(null, $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so\n");
        }

        text.Append(
            null,
            $"User www-data\nGroup www-data\nServerName a.test\nDefine dollar $\nListen 127.0.0.1:{port}\nRewriteEngine On\n"
        );
        for (int i = 0; i < values.Length; i++)
        {
            text.Append(null, $"<If \"%{{REQUEST_URI}} == {ApacheQuoting.Literal($"/v{i}")}\">\n");
            string body = ApacheQuoting.Quote("%{reqenv:nothing}" + ApacheQuoting.EscapeExpression(values[i]));
            text.Append(null, $"ErrorDocument 200 {body}\nRewriteRule ^ - [R=200,L]\n");
            if (IsField(values[i]))
            {
                text.Append(null, $"Header always set X-Value {ApacheQuoting.Quote(ApacheQuoting.EscapeFormat(values[i]))}\n");
            }

            text.Append("</If>\n");
        }

        return text.ToString();
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, Uri uri, Process process)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return await client.GetAsync(uri);
            }
            catch (HttpRequestException) when (tries < 500 && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
