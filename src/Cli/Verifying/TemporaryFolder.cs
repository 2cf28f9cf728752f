using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Verifying;

/// <summary>A folder that this user alone may open; it goes with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its absolute name.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("confgen-").FullName;

    /// <summary>Writes files into it.</summary>
    public void Write(IReadOnlyList<RenderedFile> files)
    {
        foreach (RenderedFile file in files)
        {
            string path = System.IO.Path.Combine(Path, file.Path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? Path);
            File.WriteAllText(path, file.Text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
