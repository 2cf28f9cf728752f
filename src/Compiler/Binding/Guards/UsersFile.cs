using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Files;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Reads files of users as <c>htpasswd</c> writes them. Empty lines and those that begin with <c>#</c> mean nothing.</summary>
internal static class UsersFile
{
    public static readonly Rule Unreadable = new("CFG0142", "users-file", Severity.Error, "A file of users that can't be read")
    {
        Why =
            "The users of `basic_auth.file` become a part of the output, so the file is read when the spec is compiled: it must be there "
            + "then, with `NAME:HASH` in each line, as `htpasswd` writes it.",
        Bad =
            "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n"
            + "    basic_auth: { file: missing.htpasswd }\n",
        Good =
            "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n"
            + "    basic_auth: { users: { alice: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }\n",
    };

    private const int MostBytes = 1024 * 1024;

    /// <summary>The lines with a user; none where the file can't be read, which is reported.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="node">The file's name, or null.</param>
    public static IReadOnlyList<UsersFileLine> Read(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Text(c, node, "a file's name") is not { } name)
        {
            return [];
        }

        try
        {
            string path = c.Files.FullPath(Path.Combine(Path.GetDirectoryName(node.Span.File) ?? "", name));
            FileKind found = c.Files.KindOf(path);
            if (found != FileKind.Regular)
            {
                c.Diagnostics.Report(
                    Unreadable,
                    node.Span,
                    found == FileKind.Missing ? $"there is no file '{name}'" : $"'{name}' is {found.Noun()}, not a file",
                    $"make it with 'htpasswd -cB {name} NAME'"
                );
                return [];
            }

            return Parse(c, node, c.Files.ReadText(path, MostBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            c.Diagnostics.Report(Unreadable, node.Span, $"'{name}' can't be read: {e.Message}", "let whoever runs confgen read it");
            return [];
        }
    }

    private static List<UsersFileLine> Parse(BindingContext c, SyntaxNode node, string text)
    {
        var users = new List<UsersFileLine>();
        int number = 0;
        bool isBroken = false;
        foreach (string line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            number++;
            if (line.Trim().Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] parts = line.Split(':');
            if (parts.Length < 2)
            {
                isBroken = true;
                c.Diagnostics.Report(
                    Unreadable,
                    node.Span,
                    $"line {number} of the file is not NAME:HASH",
                    "add users with 'htpasswd -B FILE NAME'"
                );
                continue;
            }

            users.Add(new UsersFileLine(number, parts[0], parts[1], node.Span));
        }

        if (users.Count == 0 && !isBroken)
        {
            c.Diagnostics.Report(
                Unreadable,
                node.Span,
                "the file has no user, so nobody could pass",
                "add one with 'htpasswd -B FILE NAME'"
            );
        }

        return users;
    }
}
