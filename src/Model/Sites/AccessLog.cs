namespace Confgen.Model.Sites;

/// <summary>What is written about each request.</summary>
public sealed record AccessLog : SpecNode
{
    /// <summary>The format; <see cref="AccessLogFormat.Off"/> writes nothing.</summary>
    public AccessLogFormat Format { get; init; }

    /// <summary>An absolute file name, <c>stdout</c> or <c>stderr</c>; default <c>stdout</c>.</summary>
    public string Output { get; init; } = "stdout";
}
