using System.Text;
using Confgen.Cli.Output;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Documents;

/// <summary>The list of all diagnostics' pages.</summary>
internal static class DiagnosticsIndex
{
    public static string Of(IReadOnlyList<Rule> rules)
    {
        var page = new StringBuilder("# Diagnostics\n\n");
        page.Append(
            "Printed from the code; `confgen rules CODE` shows a page in the terminal. A test compiles the two specs of every page.\n\n"
        );
        page.Append("| code | name | severity | what is wrong |\n|---|---|---|---|\n");
        foreach (Rule rule in rules)
        {
            page.Append($"| [{rule.Code}]({rule.Code}.md) | {rule.Name} | {SeverityWord.Of(rule.Severity)} | {rule.Title} |\n");
        }

        return page.ToString();
    }
}
