namespace Confgen.Model.Routes;

/// <summary>A parameter that a FastCGI server gets beside those of every request.</summary>
public sealed record FastCgiParam : SpecNode
{
    /// <summary>Parameters that say which script runs and how the message is framed, and so are never written by hand.</summary>
    public static readonly IReadOnlyList<string> Reserved =
    [
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
        "DOCUMENT_ROOT",
        "GATEWAY_INTERFACE",
        "PATH_INFO",
        "QUERY_STRING",
        "REMOTE_ADDR",
        "REQUEST_METHOD",
        "REQUEST_URI",
        "SCRIPT_FILENAME",
        "SCRIPT_NAME",
        "SERVER_PROTOCOL",
    ];

    /// <summary>The name, with its case.</summary>
    public required string Name { get; init; }

    /// <summary>The value, as it is.</summary>
    public required string Value { get; init; }
}
