namespace Confgen.Targets.Nginx.Syntax;

/// <summary>What parsing gave: the file, or the place where nginx would stop reading.</summary>
internal sealed record NginxParse
{
    /// <summary>The file's directives; null where there is an error.</summary>
    public NginxBlock? File { get; init; }

    /// <summary>Why the text can't be read; null where it can.</summary>
    public NginxFinding? Error { get; init; }
}
