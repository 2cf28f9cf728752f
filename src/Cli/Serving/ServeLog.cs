using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confgen.Cli.Output;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Cli.Serving;

/// <summary>The proxy's own messages on standard error: each one line with its time (UTC) and level, as text or as a JSON object.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="isJson">Whether each is an object with <c>time</c>, <c>level</c> and <c>message</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class ServeLog(TextWriter writer, bool isJson, TimeProvider time)
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

    /// <summary>Whether messages are JSON.</summary>
    public bool IsJson => isJson;

    /// <summary>Says what happened as it should.</summary>
    public void Info(string message) => Write("info", message);

    /// <summary>Says what the operator should look at.</summary>
    public void Warn(string message) => Write("warning", message);

    /// <summary>Says what stopped the proxy from doing what it was asked to.</summary>
    public void Error(string message) => Write("error", message);

    /// <summary>Says a message of a diagnostic's severity.</summary>
    public void Write(Severity severity, string message) => Write(severity.ToString().ToLowerInvariant(), message);

    private void Write(string level, string message)
    {
        message = Secrets.Hide(message);
        string now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string line = isJson
            ? $"{{\"time\":\"{now}\",\"level\":\"{level}\",\"message\":{Text(message)}}}"
            : $"{now} {level} confgen: {Visible.Text(message)}";
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }

    private static string Text(string message) => '"' + JsonEncodedText.Encode(message, _plain.Encoder).ToString() + '"';
}
