using System.Text;

namespace Confgen.Runtime.Tests.Support;

/// <summary>
/// A FastCGI server that reads each request whole, then sends the bytes that a test says, and closes. Characters are bytes (Latin-1).
/// </summary>
internal sealed class FastCgiBackend : IAsyncDisposable
{
    private readonly Backend _server;

    /// <param name="response">What is sent; null to say nothing until the other side ends.</param>
    public FastCgiBackend(string? response) =>
        _server = new Backend(async c =>
        {
            (string told, string input) = await RequestAsync(c.Client);
            (Params, Input) = (Read(told), input);
            HasRequest = true;
            if (response is null)
            {
                await c.Client.ReadToEndAsync();
                HasEnded = true;
            }
            else
            {
                await c.SendAsync(response);
                c.Client.Dispose();
            }
        });

    public int Port => _server.Port;

    /// <summary>The parameters of the last request.</summary>
    public ILookup<string, string> Params { get; private set; } = Read("");

    /// <summary>The body of the last request.</summary>
    public string Input { get; private set; } = "";

    public bool HasRequest { get; private set; }

    public bool HasEnded { get; private set; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<(string Params, string Input)> RequestAsync(RawClient client)
    {
        (var told, var input) = (new StringBuilder(), new StringBuilder());
        while (true)
        {
            string head = await client.ReadAsync(8);
            if (head.Length < 8)
            {
                throw new InvalidOperationException("the request was cut");
            }

            string content = await client.ReadAsync((head[4] << 8) | head[5]);
            await client.ReadAsync(head[6]);
            if (head[1] == 4)
            {
                told.Append(content);
            }
            else if (head[1] == 5 && content.Length == 0)
            {
                return (told.ToString(), input.ToString());
            }
            else if (head[1] == 5)
            {
                input.Append(content);
            }
        }
    }

    private static ILookup<string, string> Read(string told)
    {
        var found = new List<(string Name, string Value)>();
        for (int at = 0; at < told.Length; )
        {
            (int name, int value) = (Length(told, ref at), Length(told, ref at));
            found.Add((told.Substring(at, name), told.Substring(at + name, value)));
            at += name + value;
        }

        return found.ToLookup(p => p.Name, p => p.Value);
    }

    private static int Length(string told, ref int at)
    {
        if (told[at] < 128)
        {
            return told[at++];
        }

        int length = ((told[at] & 127) << 24) | (told[at + 1] << 16) | (told[at + 2] << 8) | told[at + 3];
        at += 4;
        return length;
    }
}
