using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Spellings;

/// <summary>
/// Spellings of guarded paths, made from a seed: none reaches an upstream that could read it as a path behind a guard, however lenient it
/// is; and what no upstream reads in another way passes as it is.
/// </summary>
public sealed class SpellingTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 3000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // Around each guard what is open: beside it, above it, within it.
    private static readonly string[] _paths =
    [
        "/private",
        "/private/",
        "/private/x",
        "/private/open",
        "/private/open/x",
        "/privatex",
        "/a/secret",
        "/a/secret/b",
        "/a/b",
        "/one",
        "/one/x",
        "/oneness",
        "/x/private",
        "/x.js",
        "/private/x.js",
        "/a/secret/y.js",
        "/",
    ];

    private readonly Certificates _certificates = new();

    public static TheoryData<string, bool> Programs =>
        [
            .. from proxy in CaseSchedule.Proxies
            from regex in (bool[])[false, true]
            select new TheoryDataRow<string, bool>(proxy.Name, regex),
        ];

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task No_spelling_passes_a_guard(string name, bool guardsByRegex)
    {
        IProxy proxy = CaseSchedule.Proxies.Single(p => p.Name == name);
        if (proxy.Missing is { } missing)
        {
            output.WriteLine(missing + ": nothing was tried on it");
            return;
        }

        (int Plain, int Tls) ports = (FreePort.Next(), FreePort.Next());
        string folder = Directory.CreateTempSubdirectory("confgen-spellings-").FullName;
        await using var backend = new RecordingBackend("APP", BackendKind.Tcp, "", null);
        try
        {
            await using GridProgram program = await GridProgram.StartAsync(
                proxy,
                folder,
                _ => Spec(ports, backend.Address, guardsByRegex),
                ports,
                tunnel: false
            );
            var generator = new SpellingGenerator(1);
            string[] targets = [.. Enumerable.Range(0, Count).Select(_ => generator.Next(_paths)).Distinct()];
            using var ceiling = new CancellationTokenSource(_patience);
            foreach (string[] some in targets.Chunk(100))
            {
                await SendAsync(some, ports.Plain, ceiling.Token);
            }

            HashSet<string> arrived = [.. backend.Requests.Select(r => r.Values("X-Number").Single())];
            string[] passed = [.. targets.Where(t => arrived.Contains(Bytes.Show(t)))];
            string[] bypasses =
            [
                .. passed
                    .Select(t => (Target: t, Reader: LenientReader.All.FirstOrDefault(r => IsGuarded(r.Read(t), guardsByRegex))))
                    .Where(p => p.Reader is not null)
                    .Select(p => $"{Bytes.Show(p.Target)} is {p.Reader!.Read(p.Target)} to {p.Reader}"),
            ];
            string[] stopped =
            [
                .. targets.Except(passed).Where(static t => IsOrdinary(t)).Where(t => !IsGuarded(t, guardsByRegex)).Select(Bytes.Show),
            ];
            output.WriteLine($"{targets.Length} spellings, {passed.Length} passed");
            Assert.True(
                bypasses.Length == 0,
                $"{bypasses.Length} of {targets.Length} pass a guard on {name}:\n{string.Join('\n', bypasses.Take(40))}"
            );
            Assert.True(stopped.Length == 0, $"ordinary paths are refused on {name}:\n{string.Join('\n', stopped.Take(40))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Spec((int Plain, int Tls) ports, string app, bool guardsByRegex) =>
        $$"""
            sites:
              - host: a.test
                listen: ["{{ports.Plain}}", "{{ports.Tls}}"]
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{app}}" }
                  - { regex: '\.js$', proxy: "http://127.0.0.1:{{app}}"{{(guardsByRegex ? ", deny: [127.0.0.0/8]" : "")}} }
                  - { path: /private, proxy: "http://127.0.0.1:{{app}}", deny: [127.0.0.0/8] }
                  - { path: /private/open, proxy: "http://127.0.0.1:{{app}}" }
                  - { path: /a/secret, proxy: "http://127.0.0.1:{{app}}", deny: [127.0.0.0/8] }
                  - { exact: /one, proxy: "http://127.0.0.1:{{app}}", deny: [127.0.0.0/8] }
            """;

    // The routes of the spec, in the order in which they are tried.
    private static bool IsGuarded(string path, bool guardsByRegex) =>
        path == "/one"
        || (
            path.EndsWith(".js", StringComparison.Ordinal)
                ? guardsByRegex
                : (IsBelow(path, "/private") && !IsBelow(path, "/private/open")) || IsBelow(path, "/a/secret")
        );

    private static bool IsBelow(string path, string prefix) => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);

    private static bool IsOrdinary(string target) =>
        !target.Contains("//", StringComparison.Ordinal)
        && target.All(c => char.IsAsciiLetter(c) || c == '/' || c == '.')
        && !target.Contains("..", StringComparison.Ordinal)
        && target.Split('/').All(static s => !s.EndsWith('.'));

    private static async Task SendAsync(IEnumerable<string> targets, int port, CancellationToken stop)
    {
        foreach (string target in targets)
        {
            await using RawConnection connection = await RawConnection.OpenAsync(port, null, null, stop);
            await connection.SendAsync(
                Bytes.Of($"GET {target} HTTP/1.1\r\nHost: a.test\r\nX-Number: {Bytes.Show(target)}\r\nConnection: close\r\n\r\n"),
                stop
            );
            await RawResponse.ReadAsync(connection.Reader, "GET", null, stop);
        }
    }
}
