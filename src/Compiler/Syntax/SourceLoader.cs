using System.Buffers;
using System.Text;
using Confgen.Compiler.Files;
using Confgen.Files;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>Reads a file of the spec and refuses what can't be one, before any YAML is looked at.</summary>
internal static class SourceLoader
{
    /// <summary>The most bytes of a spec, all of its files together; one of 50,000 sites is about 10 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>No value of a spec needs more; a longer line makes the YAML scanner slow.</summary>
    private const int MaxLine = 1024 * 1024;

    public static readonly Rule CannotRead = new("CFG0001", "cannot-read", Severity.Error, "A file of the spec can't be read")
    {
        Why = "The file is missing, or its permissions forbid reading. An `include` pattern that names a single file must find it.",
        Bad = "include: [missing.yaml]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "include: [more.yaml]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["more.yaml"] = "sites:\n  - { host: b.example.com, proxy: \"http://127.0.0.1:3001\" }\n",
        },
    };

    public static readonly Rule NotText = new("CFG0002", "not-text", Severity.Error, "A file of the spec is not UTF-8 text")
    {
        Why =
            "A spec is UTF-8 text without control characters. This file is binary, has another encoding, a line of over 1 MiB, or "
            + "invisible characters that make it read otherwise than it is.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" } # \u0001\n",
        Good = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text, or null where it can't be one; then it is reported at <paramref name="asked"/>.</summary>
    public static SourceText? Load(IFileSystem files, string path, SourceSpan asked, int limit, DiagnosticBag diagnostics)
    {
        SourceSpan at = asked.IsSome ? asked : new SourceSpan(path, 0, 0, 0, 0);
        try
        {
            using Stream stream = files.Open(path);
            return Read(path, stream, at, limit, diagnostics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            diagnostics.Report(CannotRead, at, $"can't read '{path}': {Reason(e)}");
            return null;
        }
    }

    /// <summary>The stream's text, as <see cref="Load"/>.</summary>
    public static SourceText? Read(string name, Stream stream, SourceSpan at, int limit, DiagnosticBag diagnostics)
    {
        using var buffer = new MemoryStream();
        byte[] block = new byte[81920];
        for (int read = stream.Read(block); read > 0; read = stream.Read(block))
        {
            buffer.Write(block, 0, read);
            if (buffer.Length > limit)
            {
                diagnostics.Report(
                    NotText,
                    at,
                    $"with '{name}' the spec has more than {MaxBytes / 1024 / 1024} MiB",
                    "is this the right file? one spec has at most so much, all of its files together"
                );
                return null;
            }
        }

        return Decode(name, buffer.GetBuffer().AsSpan(0, (int)buffer.Length), diagnostics);
    }

    private static SourceText? Decode(string name, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [_, 0, _, 0, ..] or [0, _, 0, _, ..])
        {
            diagnostics.Report(NotText, new SourceSpan(name, 1, 1, 1, 2), "this is UTF-16", "save it as UTF-8");
            return null;
        }

        int lineNumber = 0;
        for (ReadOnlySpan<byte> rest = bytes; !rest.IsEmpty; )
        {
            lineNumber++;
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            (string Fault, int Column)? found = line.Length > MaxLine ? ("has over 1 MiB", 1) : FindFault(line);
            if (found is var (fault, column))
            {
                var span = new SourceSpan(name, lineNumber, column, lineNumber, column + 1);
                diagnostics.Report(NotText, span, $"line {lineNumber} {fault}", "a spec is UTF-8 text; is this the right file?");
                return null;
            }
        }

        return new SourceText(name, _strict.GetString(bytes));
    }

    private static (string Fault, int Column)? FindFault(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line is [.. var head, (byte)'\r'] ? head : line;
        if (Ascii.IsValid(text) && text.IndexOfAnyInRange((byte)0x00, (byte)0x1F) < 0 && !text.Contains((byte)0x7F))
        {
            return null;
        }

        int column = 1;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int used) != OperationStatus.Done)
            {
                return ("is not valid UTF-8", column);
            }

            string? fault = rune.Value switch
            {
                '\t' => null,
                '\r' => "has a carriage return that ends no line",
                0x85 or 0x2028 or 0x2029 => "has a line separator that not every editor shows as one",
                < ' ' or (>= 0x7F and < 0xA0) => "has a control character",
                0xFEFF => "has a byte order mark in its middle",

                // Text that reads otherwise than it is shown (CVE-2021-42574).
                (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) =>
                    "has an invisible character that changes the direction of writing",
                _ => null,
            };
            if (fault is not null)
            {
                return (fault, column);
            }

            column += rune.Utf16SequenceLength;
            text = text[used..];
        }

        return null;
    }

    private static string Reason(Exception e) =>
        e switch
        {
            FileNotFoundException or DirectoryNotFoundException => "no such file",
            NotRegularFileException { Kind: var kind } => $"it is {kind.Noun()}, not a regular file",
            UnauthorizedAccessException => "permission denied",
            _ => e.Message,
        };
}
