using Confgen.Compiler.Files;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

/// <summary>A program's own configuration that is read as a spec. A target that implements it is asked for every file.</summary>
public interface ISpecFormat
{
    /// <summary>Whether a file is one of the program's, and no spec.</summary>
    bool Recognizes(MapSyntax root);

    /// <summary>
    /// The spec that means the same. Each node keeps the place of what it was made from, so that every later diagnostic points into the
    /// program's file. What has no counterpart is reported; null where nothing can be made of it.
    /// </summary>
    /// <param name="root">The file.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="diagnostics">Takes what is found.</param>
    MapSyntax? Convert(MapSyntax root, IFileSystem files, DiagnosticBag diagnostics);
}
