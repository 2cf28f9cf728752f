namespace Confgen.Cli.Editing.Protocol;

/// <summary>Codes of error responses: those of JSON-RPC 2.0, section 5.1, and of the Language Server Protocol.</summary>
internal static class ErrorCode
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int ServerNotInitialized = -32002;
}
