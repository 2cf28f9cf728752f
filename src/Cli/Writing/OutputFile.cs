namespace Confgen.Cli.Writing;

/// <summary>A file that a build wants to be there.</summary>
/// <param name="Root">The folder that the caller named: what lies below it is this program's.</param>
/// <param name="Path">Its name below <paramref name="Root"/>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="HoldsSecrets">Whether its owner alone may read it.</param>
internal sealed record OutputFile(OutputRoot Root, string Path, byte[] Content, bool HoldsSecrets)
{
    /// <summary>Its absolute name.</summary>
    public string FullPath => System.IO.Path.Combine(Root.FullPath, Path);

    /// <summary>Its name as the caller would give it.</summary>
    public string Shown => System.IO.Path.Combine(Root.Shown, Path);
}
