namespace Confgen.Cli.Writing;

/// <summary>A copy of a file that confgen did not write, made before it is replaced.</summary>
/// <param name="Original">The file.</param>
/// <param name="Suffix">What the copy's name has beside the file's.</param>
internal sealed record OutputCopy(OutputFile Original, string Suffix)
{
    /// <summary>The absolute name.</summary>
    public string FullPath => Original.FullPath + Suffix;

    /// <summary>The name as the caller would give it.</summary>
    public string Shown => Original.Shown + Suffix;
}
