namespace Confgen.Targets.Importing;

/// <summary>Reads a program's own configuration as a spec, with a report of what became of each directive.</summary>
public interface IImporter
{
    /// <summary>The program, as <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file is one of the program's.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">Its text.</param>
    bool Recognizes(string name, string text);

    /// <summary>Reads the files, all as one configuration.</summary>
    ImportResult Import(ImportRequest request);
}
