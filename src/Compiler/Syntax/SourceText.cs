using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Syntax;

/// <summary>The text of one file of the spec, with its lines, for diagnostics that show them.</summary>
public sealed class SourceText
{
    // How far above a line the word is looked for that makes it a secret.
    private const int LinesAbove = 200;

    private readonly Lazy<string[]> _lines;
    private readonly List<SourceSpan> _covered = [];

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

    /// <summary>Whether the file is a spec, so that its lines may be shown.</summary>
    public bool IsSpec { get; internal set; }

    /// <summary>Whether it could be read to its end, so that its secrets are known by their places.</summary>
    internal bool IsRead { get; set; }

    /// <summary>The number of lines, at least one; a file that ends in a line break has an empty last one.</summary>
    public int LineCount => _lines.Value.Length;

    /// <summary>A line by its number from 1, without its end; empty beyond the last.</summary>
    public string Line(int number) => number >= 1 && number <= _lines.Value.Length ? _lines.Value[number - 1].TrimEnd('\r') : "";

    /// <summary>A line as it may be shown: empty where the file is no spec, and with a star for each character of a secret.</summary>
    public string Excerpt(int number)
    {
        if (!IsSpec)
        {
            return "";
        }

        char[] shown = (IsRead ? Secrets.Cover(Line(number)) : CoveredByForm(number)).ToCharArray();
        foreach (SourceSpan span in _covered.Where(s => s.Line <= number && number <= s.EndLine))
        {
            int start = span.Line == number ? Math.Min(span.Column - 1, shown.Length) : 0;
            int end = span.EndLine == number ? Math.Clamp(span.EndColumn - 1, start, shown.Length) : shown.Length;

            // A reference to the environment tells nothing.
            if (!Line(number).AsSpan(start, end - start).Contains("${", StringComparison.Ordinal))
            {
                shown.AsSpan(start, end - start).Fill('*');
            }
        }

        return new string(shown);
    }

    /// <summary>What a line of a file that can't be read holds which may be secret.</summary>
    internal IEnumerable<string> MaybeSecret(int number)
    {
        string line = Line(number);
        string covered = CoveredByForm(number);
        for (int start = 0; start < line.Length; start++)
        {
            int end = start;
            while (end < line.Length && line[end] != covered[end])
            {
                end++;
            }

            if (end > start)
            {
                yield return line[start..end];
                start = end;
            }
        }
    }

    /// <summary>Covers a part of the text in excerpts.</summary>
    internal void Cover(SourceSpan span) => _covered.Add(span);

    /// <summary>The text of a stretch, line ends included.</summary>
    public string Slice(SourceSpan span)
    {
        int start = OffsetOf(span.Line, span.Column);
        return Text[start..Math.Max(start, OffsetOf(span.EndLine, span.EndColumn))];
    }

    /// <summary>The place of a line's column in <see cref="Text"/>.</summary>
    public int OffsetOf(int line, int column)
    {
        int offset = 0;
        for (int i = 0; i < Math.Min(line, LineCount + 1) - 1; i++)
        {
            offset += _lines.Value[i].Length + 1;
        }

        return Math.Clamp(offset + column - 1, 0, Text.Length);
    }

    // In a file that can't be read, what is secret is told by the words around it: of its line, and of the lines that it is indented below.
    private string CoveredByForm(int number)
    {
        string line = Line(number);
        int depth = Indentation(line);
        for (int above = number - 1; above >= Math.Max(1, number - LinesAbove) && depth > 0; above--)
        {
            if (Line(above).Trim().Length > 0 && Indentation(Line(above)) < depth)
            {
                depth = Indentation(Line(above));
                if (Secrets.OpensSecrets(Line(above)))
                {
                    int key = line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? colon + 1 : Indentation(line);
                    return line[..key] + new string('*', line.Length - key);
                }
            }
        }

        return Secrets.CoverFields(line);
    }

    private static int Indentation(string line) => line.Length - line.TrimStart(' ', '-').Length;
}
