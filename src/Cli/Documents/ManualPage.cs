using System.CommandLine;
using System.Text;
using Confgen.Cli.Commands;

namespace Confgen.Cli.Documents;

/// <summary>The manual page in the man macros of troff, from the same declarations that <c>--help</c> prints.</summary>
internal static class ManualPage
{
    public static string Of(RootCommand root)
    {
        var page = new StringBuilder(
            ".TH CONFGEN 1\n.SH NAME\nconfgen \\- one spec, checked reverse\\-proxy configurations\n.SH SYNOPSIS\n.B confgen\n.I VERB\n[\n"
                + ".I ARGUMENT\n\\&...]\n.SH DESCRIPTION\n"
        );
        page.Append(Text(root.Description ?? "")).Append('\n');
        foreach (Command verb in root.Subcommands.Where(v => !v.Hidden))
        {
            page.Append($".SH {verb.Name.ToUpperInvariant()}\n{Text(verb.Description ?? "")}\n");
            foreach (Argument argument in verb.Arguments)
            {
                page.Append($".TP\n.I {Text(argument.Name)}\n{Text(argument.Description ?? "")}\n");
            }

            foreach (Option option in verb.Options.Where(o => !o.Hidden))
            {
                string names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(Text));
                page.Append(
                    $".TP\n.B {names}{(option.HelpName is { } value ? " " + Text(value) : "")}\n{Text(option.Description ?? "")}\n"
                );
            }

            foreach (VerbExample example in verb is Verb { Examples: { } examples } ? examples : [])
            {
                page.Append($".PP\n{Text(example.What)}:\n.PP\n.RS 4\n.EX\n{Text(example.Line)}\n.EE\n.RE\n");
            }
        }

        page.Append(
            ".SH EXIT STATUS\n.TP\n.B 0\ngood\n.TP\n.B 1\nthe spec is wrong\n.TP\n.B 2\nthe call is wrong\n.TP\n.B 3\n"
                + "the output differs (\\-\\-check), or the behaviour does (diff)\n.TP\n.B 70\na bug of confgen\n.TP\n.B 130\n"
                + "ended by a signal\n"
        );
        return page.ToString();
    }

    private static string Text(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
