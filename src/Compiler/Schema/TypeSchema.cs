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
    public sealed record ListOf(TypeSchema Element, bool AllowSingle = false) : TypeSchema;

    /// <summary>A map with free keys.</summary>
    /// <param name="Key">What a key is, as <c>name</c>.</param>
    /// <param name="Value">What each value may be.</param>
    public sealed record MapOf(string Key, TypeSchema Value) : TypeSchema;

    /// <summary>A map with the fields of a schema. Lazy, because schemas may hold each other.</summary>
    public sealed record Fields(Func<ObjectSchema> Schema) : TypeSchema;

    /// <summary>Any of several forms.</summary>
    public sealed record AnyOf(params IReadOnlyList<TypeSchema> Forms) : TypeSchema;

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
    public static readonly TypeSchema Cidr = new Scalar("CIDR", "^(unix|([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?)$");

    /// <summary>A CIDR block, a single address, or <c>unix</c>.</summary>
    public static readonly TypeSchema CidrOrUnix = new Scalar("CIDR or `unix`");

    /// <summary>A regex of the RE2 subset.</summary>
    public static readonly TypeSchema Regex = new Scalar("regex", "^[^~=]");

    /// <summary>A text with placeholders.</summary>
    public static readonly TypeSchema Template = new Scalar("template");

    /// <summary>A status code or a class of them.</summary>
    public static readonly TypeSchema Status = new Scalar("status", "^([1-5][0-9][0-9]|[1-5]xx)$");

    /// <summary>A header's name.</summary>
    public static readonly TypeSchema HeaderName = new Scalar("header name", "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$");

    /// <summary>A server's URL.</summary>
    public static readonly TypeSchema Url = new Scalar("URL", "^((https?|h2c)://[^/?#\\s]+|unix:(//)?/[^\\s:]+)$");

    /// <summary>A server's URL with a path.</summary>
    public static readonly TypeSchema RequestUrl = new Scalar("URL", "^((https?|h2c)://[^#\\s]+|unix:(//)?/[^\\s]+)$");

    /// <summary>An upstream's name, a server's URL, or a tunnel.</summary>
    public static readonly TypeSchema UpstreamName = new Scalar("text", "^([A-Za-z][A-Za-z0-9_-]*|(https?|h2c)://[^/?#\\s]+|unix:(//)?/[^\\s:]+|tunnel:[A-Za-z][A-Za-z0-9_-]*)$");

    /// <summary>A path, absolute and without a query.</summary>
    public static readonly TypeSchema PathPattern = new Scalar("text", "^/[^?]*$");

    /// <summary>A host, a wildcard host, or <c>_</c>.</summary>
    public static readonly TypeSchema HostPattern = new Scalar("host", "^(_|(\\*\\.)?[^\\s/:*,;@]+|\\[[0-9A-Fa-f:.]+\\])$");

    /// <summary>A port, an address with a port, or a unix socket.</summary>
    public static readonly TypeSchema Listener = new Scalar("listener", "^([1-9][0-9]{0,4}|([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\]):[1-9][0-9]{0,4}|unix:(//)?/.+)$");

    /// <summary>An origin, or <c>*</c>.</summary>
    public static readonly TypeSchema Origin = new Scalar("text", "^(\\*|[a-z][a-z0-9+.-]*://[^/\\sA-Z]+)$");

    /// <summary>A method.</summary>
    public static readonly TypeSchema Method = new Scalar("text", "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$");

    /// <summary>A password hash as <c>htpasswd</c> makes it.</summary>
    public static readonly TypeSchema PasswordHash = new Scalar("text", "^(\\$2[aby]\\$.{56}|\\$apr1\\$|\\$5\\$|\\$6\\$|\\{SHA\\})");
}
