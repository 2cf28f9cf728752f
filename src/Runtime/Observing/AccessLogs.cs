using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Observing;

/// <summary>The access logs of a spec, one writer for each file.</summary>
internal sealed class AccessLogs(ProxyOptions options) : IAsyncDisposable
{
    // A log is no HTML: what JSON lets stand stays readable, and can be searched for.
    private static readonly JsonWriterOptions _plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, AccessLogFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Writes about a request that was answered.</summary>
    public void Write(RoutedRequest request, TimeSpan took)
    {
        AccessLog? log = request.Route.Config.Log ?? request.Site.Config.Log;
        if (log is { Format: not AccessLogFormat.Off })
        {
            FileOf(log.Output).Add(log.Format == AccessLogFormat.Json ? Json(request, took) : Combined(request));
        }
    }

    /// <summary>Opens every file anew, after they were renamed.</summary>
    public void Reopen()
    {
        lock (_lock)
        {
            foreach (AccessLogFile file in _files.Values)
            {
                file.Reopen();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AccessLogFile[] files;
        lock (_lock)
        {
            files = [.. _files.Values];
            _files.Clear();
        }

        foreach (AccessLogFile file in files)
        {
            await file.DisposeAsync();
        }
    }

    private AccessLogFile FileOf(string output)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(output, out AccessLogFile? file))
            {
                file = new AccessLogFile(() => options.OpenLog(output), options.Warn);
                _files.Add(output, file);
            }

            return file;
        }
    }

    private byte[] Json(RoutedRequest request, TimeSpan took)
    {
        Exchange exchange = request.Exchange;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, _plain))
        {
            json.WriteStartObject();
            json.WriteString("time", options.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("site", request.Site.Name);
            json.WriteString("route", request.Route.Config.Path.ToString());
            json.WriteString("client", request.Identity.ClientText);
            json.WriteString("method", exchange.Request.Method);
            json.WriteString("scheme", exchange.Client.Scheme);
            json.WriteString("host", exchange.Request.Authority);
            json.WriteString("target", exchange.Request.Target);
            json.WriteString("protocol", exchange.Request.Protocol);
            json.WriteNumber("status", StatusOf(request));
            json.WriteNumber("bytes_in", exchange.BytesIn);
            json.WriteNumber("bytes_out", exchange.BytesOut);
            json.WriteNumber("duration", Math.Round(took.TotalSeconds, 6));
            WriteNumber(json, "ttfb", exchange.TimeToFirstByte is { } first ? Math.Round(first.TotalSeconds, 6) : null);
            json.WriteString("upstream", request.Server?.Address.HostPort ?? "");
            WriteNumber(json, "upstream_status", request.UpstreamStatus == 0 ? null : request.UpstreamStatus);
            json.WriteString("request_id", request.Id);
            json.WriteString("user_agent", Field(exchange, "User-Agent"u8));
            json.WriteString("referer", Field(exchange, "Referer"u8));
            WriteText(json, "error", ErrorOf(request));
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    // Without a response the route closed the connection, or the client did.
    private static int StatusOf(RoutedRequest request) =>
        request.Exchange.SentStatus is not 0 and var sent ? sent
        : request.Route.Config.Action is CloseAction ? CloseAction.LoggedStatus
        : 499;

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // The upstream's, or that the client left before the response was whole; null where all went well.
    private static string? ErrorOf(RoutedRequest request) =>
        request.UpstreamError?.Label
        ?? (request.Exchange is { HasWholeResponse: false, IsStream: false, ClientHasLeft: true } ? "client_left" : null);

    private byte[] Combined(RoutedRequest request)
    {
        Exchange exchange = request.Exchange;
        string when = options.Time.GetUtcNow().ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Identity.ClientText} - - [{when}] \"{Quoted(exchange.Request.Method)} {Quoted(exchange.Request.Target)} "
                + $"{exchange.Request.Protocol}\" {StatusOf(request)} {exchange.BytesOut} "
                + $"\"{Quoted(Dash(Field(exchange, "Referer"u8)))}\" \"{Quoted(Dash(Field(exchange, "User-Agent"u8)))}\"\n"
        );
        return Encoding.ASCII.GetBytes(line);
    }

    private static string Dash(string text) => text.Length == 0 ? "-" : text;

    // As nginx does, so that no client can forge a line: a quote, a backslash, a control or a byte outside ASCII is written as \xNN.
    private static string Quoted(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.AsSpan().ContainsAny('"', '\\'))
        {
            return text;
        }

        var quoted = new StringBuilder();
        foreach (char c in text)
        {
            quoted.Append(
                c is >= ' ' and <= '~' and not ('"' or '\\') ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}")
            );
        }

        return quoted.ToString();
    }

    private static string Field(Exchange exchange, ReadOnlySpan<byte> name)
    {
        FieldList fields = exchange.Request.Fields;
        return fields.IndexOf(name) is >= 0 and var at ? fields.ValueText(at) : "";
    }
}
