using Confgen.Compiler.Syntax;
using Confgen.Files;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding;

/// <summary>Names of files in the spec: a relative one is meant from the file that it is written in, and made absolute.</summary>
internal static class FileReference
{
    public static readonly Rule MissingFile = new(
        "CFG0112",
        "missing-file",
        Severity.Error,
        "A file that the spec names by a relative path is not there"
    )
    {
        Why =
            "A relative path is resolved from the spec's own folder when it is compiled, so the file must be there. An absolute path is "
            + "taken as one of the machine that will run the output, and not looked at.",
        Bad = "sites:\n  - host: a.example.com\n    tls: { cert: missing.pem, key: missing.key }\n    proxy: http://127.0.0.1:3000\n",
        Good =
            "sites:\n  - host: a.example.com\n    tls: { cert: /etc/ssl/a.pem, key: /etc/ssl/a.key }\n    hsts: {}\n"
            + "    proxy: http://127.0.0.1:3000\n",
    };

    /// <summary>The absolute name of a file.</summary>
    public static string? File(BindingContext c, SyntaxNode? node) => Resolve(c, node, FileKind.Regular, "file");

    /// <summary>The absolute name of a directory.</summary>
    public static string? Directory(BindingContext c, SyntaxNode? node) => Resolve(c, node, FileKind.Directory, "directory");

    private static string? Resolve(BindingContext c, SyntaxNode? node, FileKind wanted, string noun)
    {
        if (node is null || ScalarReader.Text(c, node, $"a {noun}'s name") is not { } name)
        {
            return null;
        }

        if (name.StartsWith("-----BEGIN ", StringComparison.Ordinal))
        {
            string way = "write its content into a file, and the file's name here";
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"the content of a {noun}, where its name is expected", way);
            return null;
        }

        if (name.Length == 0 || name.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0)
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"not a {noun}'s name");
            return null;
        }

        if (Path.IsPathRooted(name))
        {
            return name;
        }

        string folder = Path.GetDirectoryName(node.Span.File) ?? "";
        string full = c.Files.FullPath(Path.Combine(folder, name));
        FileKind found = c.Files.KindOf(full);
        if (found != wanted)
        {
            c.Diagnostics.Report(
                MissingFile,
                node.Span,
                found == FileKind.Missing
                    ? $"there is no {noun} '{name}' beside this spec"
                    : $"'{name}' is {found.Noun()}, not {wanted.Noun()}",
                "give an absolute path for one that only the target machine has"
            );
        }

        return full;
    }
}
