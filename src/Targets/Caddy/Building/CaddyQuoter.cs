using System.Globalization;
using Confgen.Compiler.Rendering;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Quotes the spec's texts for their places, and reports those that can't be written.</summary>
internal sealed class CaddyQuoter
{
    /// <summary>The first release whose <c>vars_regexp</c> expands placeholders in the request's own text.</summary>
    public static readonly CaddyVersion ReexpandsSince = new(7);

    /// <summary>The first release that finds the client's address behind trusted proxies itself, from the right.</summary>
    public static readonly CaddyVersion StrictClientAddressSince = new(8);

    private readonly RenderContext _context;
    private readonly CaddyQuoting _quoting;

    /// <summary>What stands for <c>{uri}</c>: a target in absolute form is meant without its scheme and host.</summary>
    private readonly string _uri = "{uri}";

    private readonly string _port = "";

    /// <summary>What stands for <c>{host}</c>.</summary>
    private readonly CaddyPart _host = new("{host}", IsPlaceholder: true);

    /// <summary>Makes it for a spec.</summary>
    /// <param name="context">Where refusals are reported.</param>
    /// <param name="version">The release that shall read the texts.</param>
    /// <param name="imports">How often they are imported.</param>
    public CaddyQuoter(RenderContext context, CaddyVersion version, int imports)
    {
        _context = context;
        Version = version;
        _quoting = new CaddyQuoting(version, imports);
        TrustedProxies =
            context.Spec.TrustedProxies.Count > 0
                ? string.Join(
                    ' ',
                    version >= StrictClientAddressSince
                        ? AddressPattern.WithMapped(context.Spec.TrustedProxies)
                        : context.Spec.TrustedProxies.Select(static block => block.ToString())
                )
                : null;
        KnowsClients = version >= StrictClientAddressSince;
        ClientAddress =
            TrustedProxies is null ? "{remote_host}"
            : KnowsClients ? "{client_ip}"
            : "{http.vars.client}";
    }

    private CaddyQuoter(CaddyQuoter general, CaddyPart host, string uri, int? port)
    {
        _context = general._context;
        _quoting = general._quoting;
        Version = general.Version;
        TrustedProxies = general.TrustedProxies;
        KnowsClients = general.KnowsClients;
        ClientAddress = port is null ? "" : general.ClientAddress;
        _port = port?.ToString(CultureInfo.InvariantCulture) ?? "";
        _host = host;
        _uri = uri;
    }

    public CaddyVersion Version { get; }

    /// <summary>The peers that are believed, or null.</summary>
    public string? TrustedProxies { get; }

    /// <summary>Whether the release finds the client's address behind trusted proxies by itself, from the right.</summary>
    public bool KnowsClients { get; }

    /// <summary>Whether the client's address is a text that no address matcher sees.</summary>
    public bool ParsesForwarded => TrustedProxies is not null && !KnowsClients;

    /// <summary>Blocks of clients' addresses as a matcher takes them.</summary>
    public string Blocks(IEnumerable<Cidr> blocks) =>
        string.Join(' ', TrustedProxies is null ? blocks.Select(static block => block.ToString()) : AddressPattern.WithMapped(blocks));

    /// <summary>The placeholder of the client's address; empty where clients have none.</summary>
    public string ClientAddress { get; }

    /// <summary>
    /// The same for the texts of a site. Caddy's <c>{host}</c> has the case in which the client spelled it: where the site has one name it
    /// is written out, and where it has several its block finds the one that was meant.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="port">The port that its requests come to; null for a unix socket, where peers have no address.</param>
    public CaddyQuoter Of(Site site, int? port) =>
        new(
            this,
            HostNames.IsLiteral(site)
                ? new CaddyPart(site.Hosts[0].Name, IsPlaceholder: false)
                : new CaddyPart(HostNames.AreMapped(site) ? HostNames.Placeholder : "{host}", IsPlaceholder: true),
            OriginalUri.Are(site) ? OriginalUri.Placeholder : "{uri}",
            port
        );

    public string Argument(string text, SourceSpan at) => Take(_quoting.Argument(text), at);

    public string Value(string text, SourceSpan at) => Take(_quoting.Value(text), at);

    /// <summary>A value of parts that are Caddy's own.</summary>
    public string Value(CaddyPart[] parts, SourceSpan at) => Take(_quoting.Value(parts), at);

    /// <summary>A file's path below the root, where <c>{path}</c> is what is left of the request's own.</summary>
    public string FilePath(TextTemplate template, SourceSpan at) => Take(_quoting.Value(Parts(template, "{path}")), at);

    public string HeaderValue(TextTemplate template, SourceSpan at) =>
        Take(_quoting.HeaderValue(Parts(template, NormalizedPaths.Placeholder)), at);

    /// <summary>The Location of a redirect; nothing rewrites the target before it.</summary>
    public string Location(TextTemplate template, SourceSpan at) =>
        Take(_quoting.HeaderValue(Parts(template, NormalizedPaths.Placeholder, "{uri}")), at);

    /// <summary>The body of a response.</summary>
    public string Body(string text, SourceSpan at) => Take(_quoting.Body(new CaddyPart(text, IsPlaceholder: false)), at);

    /// <summary>A value that stands first in a line of a block.</summary>
    public string FirstWord(string text, SourceSpan at) => Take(CaddyQuoting.FirstWord(_quoting.Value(text)), at);

    public string FieldName(string name, SourceSpan at) => Take(CaddyQuoting.FieldName(name), at);

    public string Regex(string pattern, SourceSpan at) => Take(CaddyQuoting.Regex(pattern), at);

    /// <summary>A regex in which Caddy replaces a placeholder; a name of hosts and ports alone may stand for it.</summary>
    public string Regex(string pattern, string placeholder, SourceSpan at)
    {
        // A private character stands for the placeholder while the rest is quoted.
        const string Here = "\uE000";
        return Regex(pattern.Replace(placeholder, Here, StringComparison.Ordinal), at).Replace(Here, placeholder, StringComparison.Ordinal);
    }

    /// <summary>A value of a field, of parts that are Caddy's own.</summary>
    public string HeaderValue(CaddyPart[] parts, SourceSpan at) => Take(_quoting.HeaderValue(parts), at);

    /// <summary>What stands for <c>{host}</c>.</summary>
    public CaddyPart Host => _host;

    /// <summary>
    /// Whether <c>vars_regexp</c> expands placeholders in the request's own text, so that raw text is matched by an expression.
    /// </summary>
    public bool Reexpands => Version >= ReexpandsSince;

    /// <summary>An expression in CEL that is true where each of its terms is.</summary>
    public string Expression(IEnumerable<string> terms, SourceSpan at) => Take(CaddyTokenText.Of(string.Join(" && ", terms)), at);

    /// <summary>
    /// A term that is true where the placeholder's value matches the regex. Caddy finds its placeholders by itself.
    /// </summary>
    public static string Matches(string placeholder, string regex) => placeholder + ".matches(" + RawString(regex) + ")";

    /// <summary>A term that is true where any line of the field matches the regex.</summary>
    public static string HeaderMatches(string name, string regex) => $"header_regexp({RawString(name)}, {RawString(regex)})";

    public static string Duration(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return "0s";
        }

        string text = "";
        (long Ticks, string Unit)[] units =
        [
            (TimeSpan.TicksPerHour, "h"),
            (TimeSpan.TicksPerMinute, "m"),
            (TimeSpan.TicksPerSecond, "s"),
            (TimeSpan.TicksPerMillisecond, "ms"),
        ];
        long rest = time.Ticks;
        foreach ((long ticks, string unit) in units)
        {
            if (rest >= ticks)
            {
                text += (rest / ticks).ToString(CultureInfo.InvariantCulture) + unit;
                rest %= ticks;
            }
        }

        return text;
    }

    private CaddyPart[] Parts(TextTemplate template, string path, string? uri = null) =>
        [
            .. template.Parts.Select(part =>
                part.Literal is { } literal ? new CaddyPart(literal, IsPlaceholder: false)
                : part.Placeholder == Model.Templates.Placeholder.Host ? _host
                : part.Placeholder == Model.Templates.Placeholder.Port ? new CaddyPart(_port, IsPlaceholder: false)
                : part.Placeholder == Model.Templates.Placeholder.ClientIp && ClientAddress.Length == 0
                    ? new CaddyPart("", IsPlaceholder: false)
                : new CaddyPart(RequestValues.Placeholder(part) ?? Placeholder(part.Placeholder, path, uri ?? _uri), IsPlaceholder: true)
            ),
        ];

    private string Placeholder(Placeholder placeholder, string path, string uri) =>
        placeholder switch
        {
            Model.Templates.Placeholder.RequestId => "{http.request.uuid}",
            Model.Templates.Placeholder.ClientIp => ClientAddress,
            Model.Templates.Placeholder.Scheme => "{scheme}",
            Model.Templates.Placeholder.Method => "{method}",
            Model.Templates.Placeholder.Path => path,
            Model.Templates.Placeholder.Uri => uri,
            _ => "{upstream_hostport}",
        };

    /// <summary>A raw string of CEL; braces would be taken for placeholders.</summary>
    private static string RawString(string regex) =>
        "r'"
        + regex
            .Replace("\\{", "\\x7B", StringComparison.Ordinal)
            .Replace("\\}", "\\x7D", StringComparison.Ordinal)
            .Replace("'", "\\x27", StringComparison.Ordinal)
        + "'";

    private string Take(CaddyQuoted quoted, SourceSpan at)
    {
        if (quoted.TryGet(out string? text, out string? refusal))
        {
            return text;
        }

        _context.ReportNotExpressible(at, refusal);
        return "\"\"";
    }
}
