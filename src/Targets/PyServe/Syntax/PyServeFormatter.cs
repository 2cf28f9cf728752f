using System.Text;

namespace Confgen.Targets.PyServe.Syntax;

/// <summary>Lays out a rendered file: no spaces at the ends of lines, single empty lines, one line break at the end.</summary>
internal static class PyServeFormatter
{
    public static string Format(string text)
    {
        var result = new StringBuilder(text.Length);
        bool gap = false;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.TrimEnd(' ');
            if (trimmed.IsEmpty)
            {
                gap = true;
                continue;
            }

            result.Append(gap && result.Length > 0 ? "\n" : "").Append(trimmed).Append('\n');
            gap = false;
        }

        return result.ToString();
    }
}
