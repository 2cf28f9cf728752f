using Confgen.Model.Routes;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Schema;

/// <summary>What a value of the spec may be.</summary>
public abstract record TypeSchema
{
    /// <summary>A single value of a kind that the compiler parses itself.</summary>
    /// <param name="Name">The kind's name in the reference, as <c>duration</c>.</param>
    /// <param name="Pattern">A regex (ECMAScript) that an editor may check it by, or null.</param>
    public sealed record Scalar(string Name, string? Pattern = null) : TypeSchema;

    /// <summary>One of several words.</summary>
    public sealed record Choice(params IReadOnlyList<string> Words) : TypeSchema;

    /// <summary>A list.</summary>
    /// <param name="Element">What each element may be.</param>
    /// <param name="AllowSingle">Whether a single element may stand without the list.</param>
    public sealed record ListOf(TypeSchema Element, bool AllowSingle = false) : TypeSchema
    {
        /// <summary>Whether an empty list means nothing and is an error.</summary>
        public bool NotEmpty { get; init; }
    }

    /// <summary>A map with free keys.</summary>
    /// <param name="Key">What a key is, as <c>name</c>.</param>
    /// <param name="Value">What each value may be.</param>
    public sealed record MapOf(string Key, TypeSchema Value) : TypeSchema
    {
        /// <summary>A regex (ECMAScript) for the keys, or null.</summary>
        public string? KeyPattern =>
            Key switch
            {
                "name" => "^[A-Za-z][A-Za-z0-9_-]*$",
                "parameter" => $"^(?!HTTP_|({string.Join('|', FastCgiParam.Reserved)})$)[A-Za-z_][A-Za-z0-9_]*$",
                "header name" or "cookie name" => Token,
                _ => null,
            };
    }

    /// <summary>A map with the fields of a schema. Lazy, because schemas may hold each other.</summary>
    public sealed record Fields(Func<ObjectSchema> Schema) : TypeSchema;

    /// <summary>A map with some of the fields that several maps may have, none of them required.</summary>
    public sealed record Part(params IReadOnlyList<Func<ObjectSchema>> Maps) : TypeSchema
    {
        /// <summary>The names of the fields.</summary>
        public IEnumerable<string> Names =>
            Maps.SelectMany(static map => map().Fields).Select(static each => each.Name).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Any of several forms.</summary>
    public sealed record AnyOf(params IReadOnlyList<TypeSchema> Forms) : TypeSchema;

    // 1 to 65535, and a block with its prefix.
    private const string Port = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6([0-4][0-9]{3}|5([0-4][0-9]{2}|5([0-2][0-9]|3[0-5]))))";
    private const string Block =
        @"[0-9]{1,3}(\.[0-9]{1,3}){3}(/(3[0-2]|[12]?[0-9]))?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?";
    private const string Token = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

    /// <summary>Free text.</summary>
    public static readonly TypeSchema Text = new Scalar("text");

    /// <summary>A whole number.</summary>
    public static readonly TypeSchema Integer = new Scalar("integer");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static readonly TypeSchema Boolean = new Scalar("boolean");

    /// <summary>A duration, as <c>30s</c>.</summary>
    public static readonly TypeSchema Duration = new Scalar("duration", "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d|y))+$|^0$");

    /// <summary>A size in bytes, as <c>100MB</c>.</summary>
    public static readonly TypeSchema Size = new Scalar("size", "^[0-9]+(\\.[0-9]+)?\\s*([kKMGT]i?)?B?$");

    /// <summary>A file's or a directory's name.</summary>
    public static readonly TypeSchema Path = new Scalar("path");

    /// <summary>A CIDR block or a single address.</summary>
    public static readonly TypeSchema Cidr = new Scalar("CIDR", $"^({Block})$");

    /// <summary>A CIDR block, a single address, or <c>unix</c>.</summary>
    public static readonly TypeSchema CidrOrUnix = new Scalar("CIDR or `unix`", $"^(unix|{Block})$");

    /// <summary>A regex of the RE2 subset.</summary>
    public static readonly TypeSchema Regex = new Scalar("regex", @"^(?![~=])(?!.*\(\?<?[=!])(?!.*\\[1-9])");

    /// <summary>A text with placeholders.</summary>
    public static readonly TypeSchema Template = new Scalar(
        "template",
        $@"^([^{{}}\x00-\x08\x0A-\x1F\x7F]|\{{\{{|\}}\}}|\{{({string.Join('|', Placeholders.All.Select(p => p.Name))}"
            + @"|(header|cookie)\.[A-Za-z0-9!#$%&'*+.^_`|~-]+|path\.[A-Za-z0-9_]+|query\.[A-Za-z0-9._~!$'()*+,;:@/?%\[\]-]+)\})*$"
    );

    /// <summary>A value in which <c>*</c> stands for any bytes.</summary>
    public static readonly TypeSchema Glob = new Scalar("glob", @"^[^\x00-\x08\x0A-\x1F\x7F]*$");

    /// <summary>A status code or a class of them.</summary>
    public static readonly TypeSchema Status = new Scalar("status", "^([1-5][0-9][0-9]|[1-5]xx)$");

    /// <summary>A header's name.</summary>
    public static readonly TypeSchema HeaderName = new Scalar("header name", Token);

    /// <summary>The name of one of the <c>fragments</c>.</summary>
    public static readonly TypeSchema FragmentName = new Scalar("name", "^[A-Za-z][A-Za-z0-9_-]*$");

    /// <summary>A FastCGI server's address, or an upstream's name.</summary>
    public static readonly TypeSchema FastCgiServer = new Scalar(
        "text",
        "^([A-Za-z][A-Za-z0-9_-]*|(fastcgi://)?[^/?#\\s]+|unix:(//)?/[^\\s:]+)$"
    );

    /// <summary>A server's URL.</summary>
    public static readonly TypeSchema Url = new Scalar("URL", "^((https?|h2c)://[^/?#\\s]+|unix:(//)?/[^\\s:]+)$");

    /// <summary>The URL of an upstream's server, which may speak FastCGI, or whatever a stream carries.</summary>
    public static readonly TypeSchema ServerUrl = new Scalar("URL", "^((https?|h2c|fastcgi|tcp)://[^/?#\\s]+|unix:(//)?/[^\\s:]+)$");

    /// <summary>A server's URL with a path.</summary>
    public static readonly TypeSchema RequestUrl = new Scalar("URL", "^((https?|h2c)://[^#\\s]+|unix:(//)?/[^\\s]+)$");

    /// <summary>An upstream's name, a server's URL, or a tunnel.</summary>
    public static readonly TypeSchema UpstreamName = new Scalar(
        "text",
        "^([A-Za-z][A-Za-z0-9_-]*|(https?|h2c)://[^/?#\\s]+|unix:(//)?/[^\\s:]+|tunnel:[A-Za-z][A-Za-z0-9_-]*)$"
    );

    /// <summary>An upstream's name, or the URL of a server that a stream's bytes go to.</summary>
    public static readonly TypeSchema StreamUpstream = new Scalar(
        "text",
        "^([A-Za-z][A-Za-z0-9_-]*|tcp://[^/?#\\s]+:[0-9]+|unix:(//)?/[^\\s:]+)$"
    );

    /// <summary>A path, absolute and without a query.</summary>
    public static readonly TypeSchema PathPattern = new Scalar("text", "^/[^?]*$");

    /// <summary>A host, a host with a star in front or at the end, or <c>_</c>.</summary>
    public static readonly TypeSchema HostPattern = new Scalar(
        "host",
        "^(_|(\\*\\.)?[^\\s/:*,;@]+|[^\\s/:*,;@]+\\.\\*|\\[[0-9A-Fa-f:.]+\\])$"
    );

    /// <summary>A port, an address with a port, or a unix socket.</summary>
    public static readonly TypeSchema Listener = new Scalar(
        "listener",
        $@"^({Port}|([0-9]{{1,3}}(\.[0-9]{{1,3}}){{3}}|\[[0-9A-Fa-f:.]+\]):{Port}|unix:(//)?/.+)$"
    );

    /// <summary>An origin, or <c>*</c>.</summary>
    public static readonly TypeSchema Origin = new Scalar("text", "^(\\*|[a-z][a-z0-9+.-]*://[^/\\sA-Z]+)$");

    /// <summary>A method.</summary>
    public static readonly TypeSchema Method = new Scalar("text", Token);

    /// <summary>A password hash as <c>htpasswd</c> makes it.</summary>
    public static readonly TypeSchema PasswordHash = new Scalar("text", "^(\\$2[aby]\\$.{56}|\\$apr1\\$|\\$5\\$|\\$6\\$|\\{SHA\\})");
}
