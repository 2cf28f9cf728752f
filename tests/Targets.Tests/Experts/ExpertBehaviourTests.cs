using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Caddy;
using Confgen.Targets.Tests.Nginx;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Experts;

/// <summary>
/// The configurations by hand that the length of the output is measured against do the same on the real programs:
/// <c>expert/requests.txt</c> beside them has requests, a line each as <c>GET 8080 app.test /path Field: value</c>, and both give the same
/// status, fields and body, and show the upstream the same request. Bodies of errors are not compared: the program's own pages stay in
/// those by hand.
/// </summary>
public sealed partial class ExpertBehaviourTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases =>
        [.. SnapshotCase.All.Where(one => File.Exists(ExpertFile.RequestsOf(one))).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_do_the_same_on_nginx(string name)
    {
        if (RealNginx.IsHere(output))
        {
            using var ours = new StagedNginx();
            using var experts = new StagedNginx();
            await CompareAsync(name, "nginx", ours, experts);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_do_the_same_on_Caddy(string name)
    {
        if (!RealCaddy.IsMissing(output))
        {
            using var ours = new StagedCaddy();
            using var experts = new StagedCaddy();
            await CompareAsync(name, "caddy", ours, experts);
        }
    }

    private static async Task CompareAsync(string name, string target, StagedProgram ours, StagedProgram experts)
    {
        SnapshotCase one = SnapshotCase.Named(name);
        RenderResult result = one.Compile().Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete, singleFile: true);
        await ours.StartAsync(result.Files[0].Text);
        await experts.StartAsync(File.ReadAllText(ExpertFile.Of(one, target)));
        foreach (string request in File.ReadAllLines(ExpertFile.RequestsOf(one)).Where(line => line.Length > 0))
        {
            Assert.Equal($"{request}\n{await AskAsync(experts, request)}", $"{request}\n{await AskAsync(ours, request)}");
        }
    }

    /// <summary>The response in a form that says nothing of when and where.</summary>
    private static async Task<string> AskAsync(StagedProgram program, string request)
    {
        string[] words = request.Split(' ', 5);
        int port = int.Parse(words[1], CultureInfo.InvariantCulture);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", program.Ports[port]);
#pragma warning disable CA5359 // The certificate is made for the test, and nothing about it is tested.
        await using Stream stream = port is 443 or 8448
            ? new SslStream(client.GetStream(), false, static (_, _, _, _) => true)
            : client.GetStream();
#pragma warning restore CA5359
        if (stream is SslStream tls)
        {
            await tls.AuthenticateAsClientAsync(words[2]);
        }

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{words[0]} {words[3]} HTTP/1.1\r\nHost: {words[2]}\r\n{(words.Length > 4 ? words[4] + "\r\n" : "")}Connection: close\r\n"
                    + $"\r\n"
            )
        );
        using var reader = new StreamReader(stream, Encoding.Latin1);
        string[] parts = RequestId().Replace(await reader.ReadToEndAsync(), "ID").Split("\r\n\r\n", 2);
        string[] head = parts[0].Split("\r\n");
        bool failed = head[0].Split(' ')[1][0] is '4' or '5';
        string[] fields =
        [
            .. head[1..]
                .Where(field => !Varying().IsMatch(field) && !(failed && field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
        string[] body = failed
            ? []
            : [.. parts[1].Split('\n').Where(line => !AskedByProxy().IsMatch(line)).Order(StringComparer.OrdinalIgnoreCase)];
        return string.Join('\n', [head[0].Split(' ')[1], .. fields, "", .. body]);
    }

    [GeneratedRegex("(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])")]
    private static partial Regex RequestId();

    // Caddy asks for a compression of which the client doesn't know, and undoes it.
    [GeneratedRegex("^Accept-Encoding: gzip\r?$")]
    private static partial Regex AskedByProxy();

    // The connection's own, and what it offers; a length follows from the body, whose fields have ports.
    [GeneratedRegex(
        @"^(?:Date|Server|Connection|Keep-Alive|Content-Length|Transfer-Encoding|Accept-Ranges|Last-Modified|ETag|Alt-Svc):",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Varying();
}
