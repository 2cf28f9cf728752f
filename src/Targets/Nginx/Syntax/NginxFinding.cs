namespace Confgen.Targets.Nginx.Syntax;

/// <summary>Something that nginx would refuse or warn of.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Message">In one line, in nginx's words where it has some.</param>
/// <param name="IsWarning">Whether nginx starts all the same.</param>
internal sealed record NginxFinding(int Line, int Column, string Message, bool IsWarning = false)
{
    /// <summary>The file's name, where several are checked together; else empty.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether nothing is known of the directive: a module may bring it.</summary>
    public bool IsUnknown { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(null, $"{File}:{Line}:{Column}: {Message}");
}
