namespace Confgen.Compiler.Rendering;

/// <summary>A real program that can serve a complete output by itself, so that a spec's tests can be run on it.</summary>
public interface IServingProgram : ITargetProgram
{
    /// <summary>The call that serves in the foreground, touching nothing outside of the folder.</summary>
    /// <param name="folder">The absolute name of a private folder that holds the files; the call may write to it.</param>
    /// <param name="files">The files as rendered.</param>
    ProgramCall Serve(string folder, IReadOnlyList<RenderedFile> files);
}
