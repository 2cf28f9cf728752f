using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Templates;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Routing;

/// <summary>A request for which site and route are chosen, and what the spec's placeholders stand for.</summary>
internal sealed class RoutedRequest(Exchange exchange, SiteModel site, RouteModel route, string path, ClientIdentity identity)
{
    private string? _id;

    // Of fields that the route's values ask for: those of the connection are removed from the request.
    private readonly IReadOnlyDictionary<string, string> _kept = RequestValues.Fields(exchange.Request.Fields, route.AskedFields);

    /// <summary>The request and its response.</summary>
    public Exchange Exchange { get; } = exchange;

    /// <summary>The site.</summary>
    public SiteModel Site { get; } = site;

    /// <summary>The route.</summary>
    public RouteModel Route { get; } = route;

    /// <summary>The normalised path.</summary>
    public string Path { get; } = path;

    /// <summary>Who asks.</summary>
    public ClientIdentity Identity { get; } = identity;

    /// <summary>The host without its port and the dot that may close a name, in lower case.</summary>
    public string HostName
    {
        get
        {
            string authority = Identity.Authority;
            int colon = authority.LastIndexOf(':');
            string host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
            return (host is [_, .., '.'] ? host[..^1] : host).ToLowerInvariant();
        }
    }

    /// <summary>The identifier, made when it is first asked for.</summary>
    public string Id => _id ??= RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The user whose password was right, a character for each byte; null without one.</summary>
    public string? User { get; set; }

    /// <summary>The server that was chosen last; null before.</summary>
    public ServerState? Server { get; set; }

    /// <summary>Why the upstream gave no response, or no whole one; null where it did, or none was asked.</summary>
    public UpstreamError? UpstreamError { get; set; }

    /// <summary>The status that the upstream answered with; 0 where it didn't, or none was asked.</summary>
    public int UpstreamStatus { get; set; }

    /// <summary>Field edits of a guard on the response, as CORS; null for none.</summary>
    public FieldEditor? GuardEdits { get; set; }

    /// <summary>Field edits of a guard on the request, as the fields of an auth server; null for none.</summary>
    public FieldEditor? RequestEdits { get; set; }

    /// <summary>What a placeholder stands for, a character for each byte.</summary>
    public string ValueOf(TemplatePart placeholder) =>
        placeholder.Placeholder switch
        {
            Placeholder.RequestId => Id,
            Placeholder.ClientIp => Identity.ClientText,
            Placeholder.Host => HostName,
            Placeholder.Scheme => Exchange.Client.Scheme,
            Placeholder.Method => Exchange.Request.Method,
            Placeholder.Path => Path.AsSpan().ContainsAnyInRange('\0', '\x1F') || Path.Contains('\x7F') ? "" : Path,
            Placeholder.Uri => Exchange.Request.Target,
            Placeholder.Query => Exchange.Request.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var q
                ? Exchange.Request.Target[(q + 1)..]
                : "",
            Placeholder.UpstreamHostPort => Server?.HostPort ?? "",
            Placeholder.Port => Exchange.Client.Port is var port and not 0 ? port.ToString(CultureInfo.InvariantCulture) : "",
            Placeholder.Header => _kept.GetValueOrDefault(placeholder.Name, ""),
            Placeholder.Cookie => Cookies.Find(Exchange.Request.Fields, placeholder.Name) ?? "",
            Placeholder.Group => Encoding.Latin1.GetString(placeholder.GroupIn(Encoding.Latin1.GetBytes(Path))),
            Placeholder.QueryValue => RequestValues.QueryValue(Exchange.Request.Target, placeholder.Name),
            _ => throw new ArgumentOutOfRangeException(nameof(placeholder), placeholder.Written, null),
        };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Exchange.Request.Method} {HostName}{Path}");
}
