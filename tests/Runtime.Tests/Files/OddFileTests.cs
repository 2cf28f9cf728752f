using System.Net.Sockets;
using System.Runtime.InteropServices;
using Confgen.Files;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Files;

/// <summary>Requests for what is no regular file: each is answered at once, and none reads without end.</summary>
public sealed partial class OddFileTests : IDisposable
{
    private static readonly string[] _odd = ["fifo", "zero", "null", "socket", "loop", "link"];

    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-odd-").FullName;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public OddFileTests()
    {
        File.WriteAllText(PathOf("good.txt"), "good");
        Assert.Equal(0, MakeFifo(PathOf("fifo"), 0x1B6));
        Assert.Equal(0, MakeFifo(PathOf("good.txt.gz"), 0x1B6));
        File.CreateSymbolicLink(PathOf("zero"), "/dev/zero");
        File.CreateSymbolicLink(PathOf("null"), "/dev/null");
        File.CreateSymbolicLink(PathOf("loop"), PathOf("loop"));
        File.CreateSymbolicLink(PathOf("link"), PathOf("fifo"));
        _socket.Bind(new UnixDomainSocketEndPoint(PathOf("socket")));
    }

    public void Dispose()
    {
        _socket.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Below_a_root()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                files: { root: {{_folder}}, index: [fifo, good.txt], try: ["{path}", /fifo, /zero], precompressed: [gzip] }
            """
        );

        // Many at once: one that waits would hold a thread, and enough of them every site.
        RawResponse[] responses = await Task.WhenAll(
            _odd.SelectMany(name => Enumerable.Repeat(name, 20))
                .Select(name => proxy.GetAsync("/" + name, fields: "Accept-Encoding: gzip\r\n"))
        );

        Assert.All(responses, r => Assert.Equal(404, r.Status));
        Assert.Equal("good", (await proxy.GetAsync("/good.txt", fields: "Accept-Encoding: gzip\r\n")).Body);
        Assert.Equal("good", (await proxy.GetAsync("/")).Body);
    }

    [Fact]
    public async Task A_listing_has_a_bound()
    {
        string many = Directory.CreateDirectory(PathOf("many")).FullName;
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                files: { root: {{_folder}}, browse: true }
            """
        );
        for (int i = 0; i < 10_000; i++)
        {
            File.Create(Path.Combine(many, $"{i:00000}")).Dispose();
        }

        string whole = (await proxy.GetAsync("/many/")).Body;
        Assert.Equal(10_001, whole.Split("<li>").Length);
        Assert.EndsWith("</ul>\n", whole, StringComparison.Ordinal);
        File.Create(Path.Combine(many, "one-more")).Dispose();
        string cut = (await proxy.GetAsync("/many/")).Body;
        Assert.Equal(10_001, cut.Split("<li>").Length);
        Assert.EndsWith("<p>More entries are not listed.\n", cut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_an_error_page()
    {
        foreach (string name in _odd.Append("missing"))
        {
            await using TestProxy proxy = await TestProxy.StartAsync(
                $$"""
                sites:
                  - host: _
                    listen: ["127.0.0.1:PORT"]
                    routes:
                      - { exact: /good, respond: good }
                      - { path: /, respond: { status: 404 }, errors: { 404: { file: {{PathOf(name)}} } } }
                      - { path: /files, files: {{_folder}}, errors: { 404: { file: {{PathOf(name)}} } } }
                """
            );

            RawResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => proxy.GetAsync("/files/none")));

            Assert.All(responses, r => Assert.Equal((404, ""), (r.Status, r.Body)));
            Assert.Equal("good", (await proxy.GetAsync("/good")).Body);
        }
    }

    [Fact]
    public async Task As_an_access_log()
    {
        foreach (string name in new[] { "fifo", "null", "socket", "loop" })
        {
            var notices = new List<string>();
            await using (
                TestProxy proxy = await TestProxy.StartAsync(
                    $$"""
                    sites:
                      - { host: _, listen: ["127.0.0.1:PORT"], respond: good, log: { format: json, output: {{PathOf(name)}} } }
                    """,
                    new ProxyOptions
                    {
                        Notice = line =>
                        {
                            lock (notices)
                            {
                                notices.Add(line);
                            }
                        },
                    }
                )
            )
            {
                Assert.Equal("good", (await proxy.GetAsync("/")).Body);
            }

            // The proxy has ended, so nothing waits for a reader.
            Assert.Equal(name != "null", notices.Exists(n => n.Contains("the access log can't be written", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_listening_socket_takes_no_other_file_away()
    {
        foreach (string name in new[] { "fifo", "good.txt", "null", "loop" })
        {
            Assert.ThrowsAny<SocketException>(() => Listener.Bind(new UnixDomainSocketEndPoint(PathOf(name)), []));
            Assert.NotEqual(FileKind.Socket, RegularFile.KindOf(PathOf(name)));
            Assert.True(new FileInfo(PathOf(name)).Exists || new FileInfo(PathOf(name)).LinkTarget is not null);
        }
    }

    [Fact]
    public async Task Only_regular_files_are_opened_and_what_grows_has_an_end()
    {
        Assert.Equal(FileKind.Fifo, Assert.Throws<NotRegularFileException>(() => RegularFile.Open(PathOf("fifo"))).Kind);
        Assert.Equal(FileKind.Device, Assert.Throws<NotRegularFileException>(() => RegularFile.Open("/dev/zero")).Kind);
        Assert.Equal(FileKind.Socket, Assert.Throws<NotRegularFileException>(() => RegularFile.Open(PathOf("socket"))).Kind);
        Assert.Equal(FileKind.Directory, Assert.Throws<NotRegularFileException>(() => RegularFile.Open(_folder)).Kind);
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open(PathOf("missing")));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open("a\0b"));
        Assert.ThrowsAny<IOException>(() => RegularFile.Open(PathOf("loop")));

        Assert.Equal("good"u8.ToArray(), RegularFile.ReadBytes(PathOf("good.txt"), 4));
        Assert.Throws<FileTooLargeException>(() => RegularFile.ReadBytes(PathOf("good.txt"), 3));

        using FileStream growing = File.Create(PathOf("growing"));
        using var end = new CancellationTokenSource();
        Task writing = Task.Run(() =>
        {
            byte[] block = new byte[64 * 1024];
            while (!end.IsCancellationRequested && growing.Length < 64 * 1024 * 1024)
            {
                growing.Write(block);
                growing.Flush();
            }
        });
        SpinWait.SpinUntil(() => growing.Length > 1024 * 1024, TimeSpan.FromSeconds(60));
        Assert.Throws<FileTooLargeException>(() => RegularFile.ReadBytes(PathOf("growing"), 1024 * 1024));
        await end.CancelAsync();
        await writing;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
