namespace Confgen.Targets.Traefik.Reading;

/// <summary>What a part of a rule asks for.</summary>
internal enum RuleTermKind
{
    /// <summary>The host, as a spec writes hosts.</summary>
    Host,

    /// <summary>A regex on the host that a spec's hosts can't say.</summary>
    HostRegex,

    /// <summary>The whole path.</summary>
    Exact,

    /// <summary>The start of the path.</summary>
    Prefix,

    /// <summary>A regex on the path.</summary>
    PathRegex,

    /// <summary>The method.</summary>
    Method,

    /// <summary>The client's address.</summary>
    Client,

    /// <summary>A field, by a glob or a regex.</summary>
    Header,

    /// <summary>A parameter of the query, by a glob or a regex.</summary>
    Query,

    /// <summary>A cookie, by a glob or a regex.</summary>
    Cookie,

    /// <summary>What a spec has no word for.</summary>
    Unknown,
}
