namespace Confgen.Targets.HAProxy.Reading;

/// <summary>What a condition asks for.</summary>
internal enum TermKind
{
    /// <summary>What a spec has no word for.</summary>
    Unknown,

    /// <summary>Nothing: it always holds.</summary>
    Always,

    /// <summary>A connection over TLS.</summary>
    Tls,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The whole path.</summary>
    PathExact,

    /// <summary>The start of the path.</summary>
    PathPrefix,

    /// <summary>A regex on the path.</summary>
    PathRegex,

    /// <summary>The method.</summary>
    Method,

    /// <summary>A field, by globs.</summary>
    Header,

    /// <summary>A parameter of the query, by globs.</summary>
    Query,

    /// <summary>A cookie, by globs.</summary>
    Cookie,

    /// <summary>The client's address.</summary>
    Client,

    /// <summary>Credentials of a list of users.</summary>
    Users,
}
