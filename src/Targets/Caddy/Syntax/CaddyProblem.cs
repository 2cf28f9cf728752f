namespace Confgen.Targets.Caddy.Syntax;

/// <summary>Why Caddy would refuse a file, or read it in another way than it looks.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong, without a full stop.</param>
internal sealed record CaddyProblem(int Line, int Column, string Message)
{
    /// <summary>The file's name, where several were checked together; else empty.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether nothing is known of the directive: a module may bring it.</summary>
    public bool IsUnknown { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(null, $"{File}{(File.Length > 0 ? ":" : "")}{Line}:{Column}: {Message}");
}
