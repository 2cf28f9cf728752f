using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Output;

/// <summary>The words for severities in machines' formats and under <c>lint:</c>.</summary>
internal static class SeverityWord
{
    public static string Of(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Info => "info",
            _ => "off",
        };
}
