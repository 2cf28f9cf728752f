using System.Net;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http3;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A client that sends just the bytes of HTTP/3 (RFC 9114) that a test says, over a connection in memory.</summary>
internal sealed class Http3RawClient
{
    public const long Data = 0,
        Headers = 1,
        CancelPush = 3,
        Settings = 4,
        PushPromise = 5,
        GoAway = 7,
        MaxPushId = 0xd;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private Http3RawClient(MemoryQuic connection, Task served) => (Connection, Served) = (connection, served);

    public MemoryQuic Connection { get; }

    /// <summary>Ends when the proxy has let go of the connection.</summary>
    public Task Served { get; }

    /// <summary>A response: its status, its fields and body; or the code with which it was cut.</summary>
    public sealed record Response(
        int Status,
        IReadOnlyList<(string Name, string Value)> Fields,
        string Body,
        IReadOnlyList<(string Name, string Value)> Trailers,
        IReadOnlyList<int> Interim,
        long? Reset
    )
    {
        public string? Field(string name) => Fields.FirstOrDefault(f => f.Name == name).Value;
    }

    /// <summary>Connects to a proxy, and sends the settings.</summary>
    public static async Task<Http3RawClient> ToAsync(
        TestProxy proxy,
        int headLimit = 32 * 1024,
        bool settings = true,
        string? serverName = null
    )
    {
        var connection = new MemoryQuic();
        var client = new ClientConnection
        {
            Peer = IPAddress.Loopback,
            PeerPort = 4433,
            PeerText = "127.0.0.1",
            Listener = $"127.0.0.1:{proxy.Port}",
            IsTls = true,
            ServerName = serverName,
        };
        var raw = new Http3RawClient(connection, proxy.Server.Http3.ServeAsync(connection, client, headLimit));
        if (settings)
        {
            await connection.Open(isBidirectional: false).SendAsync([0, .. Frame(Settings, [])]);
        }

        return raw;
    }

    /// <summary>A number as QUIC writes it (RFC 9000, section 16).</summary>
    public static byte[] Number(long value)
    {
        var output = new OutputBuffer();
        VariableInteger.Write(output, value);
        return output.Memory.ToArray();
    }

    /// <summary>A frame's bytes.</summary>
    public static byte[] Frame(long type, byte[] payload) => [.. Number(type), .. Number(payload.Length), .. payload];

    /// <summary>A field section without tables: every byte is as the test says.</summary>
    public static byte[] Section(params (string Name, string Value)[] fields)
    {
        var output = new OutputBuffer();
        output.Write([0, 0]);
        foreach ((string name, string value) in fields)
        {
            PrefixedInteger.Write(output, 0x20, 3, name.Length);
            output.WriteLatin1(name);
            PrefixedInteger.Write(output, 0, 7, value.Length);
            output.WriteLatin1(value);
        }

        return output.Memory.ToArray();
    }

    /// <summary>The usual head of a request as a frame, and further fields.</summary>
    public static byte[] Request(
        string path = "/",
        string method = "GET",
        string authority = "a.test",
        params (string Name, string Value)[] more
    ) => Frame(Headers, Section([(":method", method), (":scheme", "https"), (":authority", authority), (":path", path), .. more]));

    /// <summary>Sends a whole request on a stream of its own, and reads the response.</summary>
    public async Task<Response> AskAsync(byte[] bytes)
    {
        MemoryStreamPair stream = Connection.Open();
        await stream.SendAsync(bytes, ends: true);
        return await ResponseAsync(stream);
    }

    /// <summary>Reads a response to its end.</summary>
    public static async Task<Response> ResponseAsync(MemoryStreamPair stream)
    {
        (int status, var interim, var body) = (0, new List<int>(), new StringBuilder());
        (List<(string, string)> fields, List<(string, string)> trailers) = ([], []);
        long? reset = null;
        try
        {
            await foreach ((long type, byte[] payload) in FramesAsync(stream))
            {
                if (type == Data)
                {
                    body.Append(Encoding.Latin1.GetString(payload));
                }
                else if (type == Headers)
                {
                    var section = Decode(payload);
                    if (section is [(":status", var text), ..])
                    {
                        int parsed = int.Parse(text);
                        if (parsed < 200)
                        {
                            interim.Add(parsed);
                            continue;
                        }

                        Assert.Equal(0, status);
                        (status, fields) = (parsed, section);
                    }
                    else
                    {
                        trailers = section;
                    }
                }
            }
        }
        catch (IOException)
        {
            reset = stream.WasReset.IsCompleted ? await stream.WasReset : -1;
        }

        return new Response(status, fields, body.ToString(), trailers, interim, reset);
    }

    /// <summary>The frames of a stream as they come.</summary>
    public static async IAsyncEnumerable<(long Type, byte[] Payload)> FramesAsync(MemoryStreamPair stream, int skip = 0)
    {
        byte[] rest = [];
        while (await stream.ReceiveAsync() is { Length: > 0 } bytes)
        {
            rest = [.. rest, .. bytes];
            rest = rest[Math.Min(skip, rest.Length)..];
            skip = 0;
            while (
                VariableInteger.TryRead(rest, out long type, out int typeLength)
                && VariableInteger.TryRead(rest.AsSpan(typeLength), out long length, out int lengthLength)
                && rest.Length >= typeLength + lengthLength + length
            )
            {
                int start = typeLength + lengthLength;
                yield return (type, rest[start..(int)(start + length)]);
                rest = rest[(int)(start + length)..];
            }
        }

        Assert.Empty(rest);
    }

    /// <summary>The code with which the proxy closes the connection.</summary>
    public Task<long> ClosedAsync() => Connection.Closed.WaitAsync(_patience);

    private static List<(string, string)> Decode(byte[] section)
    {
        var fields = new FieldList();
        Assert.Equal(SectionResult.Complete, FieldSectionReader.Read(section, fields, 1 << 20));
        return [.. Enumerable.Range(0, fields.Count).Select(i => (Encoding.Latin1.GetString(fields.Name(i)), fields.ValueText(i)))];
    }
}
