using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>
/// Gives pebble the renewal information that it lacks (RFC 9773), by a clock that isn't pebble's: a certificate is to be renewed
/// <see cref="Rest"/> after it was first asked for.
/// </summary>
internal sealed class RenewalAdvisor : IDisposable
{
    public static readonly TimeSpan Rest = TimeSpan.FromDays(6);

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _certificates = new();
    private readonly string _directory;
    private readonly string _root;
    private readonly TimeProvider _time;

    /// <param name="port">Where it listens.</param>
    /// <param name="directory">The authority's directory, in JSON.</param>
    /// <param name="time">The clock of the proxy.</param>
    public RenewalAdvisor(int port, string directory, TimeProvider time)
    {
        (_root, _time) = ($"http://127.0.0.1:{port}/", time);
        JsonNode json = JsonNode.Parse(directory)!;
        json["renewalInfo"] = _root + "ari";
        _directory = json.ToJsonString();
        _listener.Prefixes.Add(_root);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Directory => _root + "dir";

    /// <summary>How many certificates were asked for: the clock may go on once the newest one has its time.</summary>
    public int Certificates => _certificates.Count;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                string path = context.Request.Url!.AbsolutePath;
                DateTimeOffset now = _time.GetUtcNow();
                string text = path == "/dir" ? _directory : Window(_certificates.GetOrAdd(path, now));
                byte[] content = Encoding.ASCII.GetBytes(text);
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(content);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client, or the test, has left.
            }
        }
    }

    private static string Window(DateTimeOffset began) =>
        $$$"""{"suggestedWindow":{"start":"{{{began + (Rest / 2):O}}}","end":"{{{began + Rest:O}}}"} }""";
}
