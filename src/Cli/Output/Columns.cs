using Spectre.Console;

namespace Confgen.Cli.Output;

/// <summary>
/// Rows in columns: a table that fits the terminal where there is one, and elsewhere one line a row for other programs to read.
/// </summary>
internal static class Columns
{
    public static void Write(TextWriter writer, Terminal terminal, string[] heads, IReadOnlyList<string[]> rows)
    {
        rows = [.. rows.Select(row => row.Select(Visible.Text).ToArray())];
        if (terminal.IsTerminal)
        {
            WriteTable(writer, terminal, heads, rows);
            return;
        }

        int[] widths = [.. heads.Select((_, i) => rows.Select(r => Visible.Columns(r[i])).DefaultIfEmpty().Max())];
        foreach (string[] row in rows)
        {
            writer.WriteLine(
                string.Join("  ", row.Select((cell, i) => cell + new string(' ', widths[i] - Visible.Columns(cell)))).TrimEnd()
            );
        }
    }

    private static void WriteTable(TextWriter writer, Terminal terminal, string[] heads, IReadOnlyList<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = terminal.Width;
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head, new Style(decoration: Decoration.Bold))));
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell, StyleOf(cell))));
        }

        console.Write(table);
    }

    private static Style StyleOf(string cell) =>
        cell switch
        {
            "error" or "unsupported" => new Style(Color.Red),
            "warning" or "approximate" => new Style(Color.Yellow),
            "exact" => new Style(Color.Green),
            _ => Style.Plain,
        };
}
