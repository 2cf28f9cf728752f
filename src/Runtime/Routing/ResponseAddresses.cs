using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Templates;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>Rewrites what an upstream's response says of its own address: Location, Refresh, and cookies' Path and Domain.</summary>
internal sealed class ResponseAddresses
{
    private const string UrlParameter = "url=";

    private readonly UrlRewriter _urls;
    private readonly UrlRewriter _paths;
    private readonly IReadOnlyList<TextMapping> _domains;

    private ResponseAddresses(Route route, ProxyAction proxy)
    {
        IReadOnlyList<string> servers = ResponseUrls.Servers(proxy);
        _urls = new UrlRewriter(ResponseUrls.Location(route), servers);
        _paths = new UrlRewriter(ResponseUrls.CookiePath(route), servers);
        _domains = proxy.ResponseRewrite?.CookieDomain ?? [];
    }

    /// <summary>What a route rewrites; null for nothing.</summary>
    public static ResponseAddresses? Of(Route route) =>
        route.Proxy is { ResponseRewrite: not null } proxy ? new ResponseAddresses(route, proxy) : null;

    /// <summary>Rewrites the fields of a response.</summary>
    public void Apply(FieldList fields, RoutedRequest request)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            ReadOnlySpan<byte> name = fields.Name(i);
            string? value =
                name.Length == "Location".Length && Ascii.EqualsIgnoreCase(name, "Location"u8) ? Url(fields.ValueText(i), request)
                : name.Length == "Refresh".Length && Ascii.EqualsIgnoreCase(name, "Refresh"u8) ? Refresh(fields.ValueText(i), request)
                : name.Length == "Set-Cookie".Length && Ascii.EqualsIgnoreCase(name, "Set-Cookie"u8) ? Cookie(fields.ValueText(i), request)
                : null;
            if (value is not null)
            {
                fields.SetValue(i, Encoding.Latin1.GetBytes(value));
            }
        }
    }

    private string? Url(string url, RoutedRequest request) => Rewrite(_urls, url, request);

    private string? Refresh(string value, RoutedRequest request)
    {
        int at = value.IndexOf(UrlParameter, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null
            : Url(value[(at + UrlParameter.Length)..], request) is { } url ? value[..(at + UrlParameter.Length)] + url
            : null;
    }

    // RFC 6265, section 5.2: attributes stand behind semicolons.
    private string? Cookie(string value, RoutedRequest request)
    {
        string[] parts = value.Split(';');
        bool changed = false;
        for (int i = 1; i < parts.Length; i++)
        {
            int equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }

            string name = parts[i][..equals].Trim();
            string old = parts[i][(equals + 1)..].Trim();
            string? to =
                name.Equals("path", StringComparison.OrdinalIgnoreCase) ? Rewrite(_paths, old, request)
                : name.Equals("domain", StringComparison.OrdinalIgnoreCase) ? Domain(old, request)
                : null;
            if (to is not null)
            {
                parts[i] = parts[i][..(equals + 1)] + to;
                changed = true;
            }
        }

        return changed ? string.Join(';', parts) : null;
    }

    private string? Domain(string value, RoutedRequest request)
    {
        string name = value.TrimStart('.');
        foreach (TextMapping mapping in _domains)
        {
            if (name.Equals(mapping.From, StringComparison.OrdinalIgnoreCase))
            {
                return FieldEditor.Expand(mapping.To, request);
            }
        }

        return null;
    }

    private static string? Rewrite(UrlRewriter rules, string value, RoutedRequest request) =>
        rules.IsEmpty ? null : rules.Rewrite(value, request.Identity.ForwardedProto, request.Identity.Authority, p => Text(p, request));

    private static string Text(TemplatePart placeholder, RoutedRequest request) =>
        FieldEditor.Expand(new TextTemplate([placeholder]), request);
}
