using Confgen.Model.Units;

namespace Confgen.Cli.Scaffolding;

/// <summary>Reads what is told on the command line or on the terminal: a value, or what is wrong with it.</summary>
internal static class Responses
{
    /// <summary>The application that <c>--kind matrix</c> stands for.</summary>
    public const string Homeserver = "synapse";

    /// <summary>The kinds by their words.</summary>
    public static readonly (string Word, FirstSpecKind Kind, string Meaning)[] Kinds =
    [
        ("app", FirstSpecKind.App, "an application on a port"),
        ("streaming", FirstSpecKind.Streaming, "one that streams its responses, as a chat with a language model"),
        ("matrix", FirstSpecKind.Known, "a Matrix homeserver"),
        ("many", FirstSpecKind.Many, "several applications, each with a host"),
    ];

    /// <summary>A kind, or the name of an application.</summary>
    public static (string? Value, string? Problem) Kind(string word) =>
        Kinds.Any(k => k.Word == word) || Application.Find(word) is not null
            ? (word, null)
            : (null, $"one of {string.Join(", ", Kinds.Select(k => k.Word))}, or an application: {Applications}");

    /// <summary>The names of the applications.</summary>
    public static string Applications => string.Join(", ", Application.All.Select(a => a.Name));

    public static (HostPattern? Value, string? Problem) Host(string text) =>
        HostPattern.TryParse(text, out HostPattern? host, out string? problem)
            ? host.Kind == HostPatternKind.Exact
                ? (host, null)
                : (null, "a single host, as app.example.com")
            : (null, problem);

    /// <summary>An application's address: a port of this machine, or a URL.</summary>
    public static (ServerAddress? Value, string? Problem) Upstream(string text)
    {
        string url = text.Length is > 0 and <= 5 && text.All(char.IsAsciiDigit) ? "http://127.0.0.1:" + text : text;
        return ServerAddress.TryParse(url, out ServerAddress? address, out string? problem) ? (address, null) : (null, problem);
    }

    /// <summary>Pairs of a host and an application, as <c>chat.example.com=3210</c>.</summary>
    public static (List<(HostPattern Host, ServerAddress Upstream)>? Value, string? Problem) Apps(IEnumerable<string> texts)
    {
        var apps = new List<(HostPattern Host, ServerAddress Upstream)>();
        foreach (string text in texts)
        {
            if (text.Split('=', 2) is not [var hostText, var upstreamText])
            {
                return (null, $"invalid pair '{text}': expected chat.example.com=3210");
            }

            (HostPattern? host, string? hostProblem) = Host(hostText);
            (ServerAddress? upstream, string? upstreamProblem) = Upstream(upstreamText);
            if (host is null || upstream is null)
            {
                return (null, hostProblem ?? upstreamProblem);
            }

            if (apps.Exists(a => a.Host == host))
            {
                return (null, $"'{host}' twice: a host has one application here");
            }

            apps.Add((host, upstream));
        }

        return apps.Count > 0 ? (apps, null) : (null, "at least one pair, as chat.example.com=3210");
    }

    /// <summary>Where certificates come from: <c>auto</c>, <c>internal</c>, <c>off</c> or an absolute folder of PEM files.</summary>
    public static (string? Value, string? Problem) Certificate(string text) =>
        text is FirstSpec.Auto or FirstSpec.Internal or FirstSpec.Off
        || (text.StartsWith('/') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-'))
            ? (text.Length > 1 ? text.TrimEnd('/') : text, null)
            : (null, "one of auto, internal and off, or an absolute folder with HOST.pem and HOST.key");
}
