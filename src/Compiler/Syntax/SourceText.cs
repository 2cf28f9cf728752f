namespace Confgen.Compiler.Syntax;

/// <summary>The text of one file of the spec, with its lines, for diagnostics that show them.</summary>
public sealed class SourceText
{
    private readonly Lazy<string[]> _lines;

    /// <summary>Makes the text of a file.</summary>
    /// <param name="file">The file's name as diagnostics show it.</param>
    /// <param name="text">Its content.</param>
    public SourceText(string file, string text)
    {
        File = file;
        Text = text;
        _lines = new Lazy<string[]>(() => Text.Split('\n'));
    }

    /// <summary>The file's name as diagnostics show it.</summary>
    public string File { get; }

    /// <summary>The content.</summary>
    public string Text { get; }

    /// <summary>The number of lines, at least one; a file that ends in a line break has an empty last one.</summary>
    public int LineCount => _lines.Value.Length;

    /// <summary>A line by its number from 1, without its end; empty beyond the last.</summary>
    public string Line(int number) => number >= 1 && number <= _lines.Value.Length ? _lines.Value[number - 1].TrimEnd('\r') : "";
}
