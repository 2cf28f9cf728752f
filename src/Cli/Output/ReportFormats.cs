namespace Confgen.Cli.Output;

/// <summary>The formats by the names that <c>--format</c> takes.</summary>
internal static class ReportFormats
{
    public static readonly string[] Names = ["text", "json", "sarif", "github", "junit"];

    public static IReportFormat Find(string name, Terminal terminal, CliEnvironment surroundings) =>
        name switch
        {
            "json" => new JsonFormat(),
            "sarif" => new SarifFormat(),
            "github" => new GithubFormat(surroundings),
            "junit" => new JunitFormat(),
            _ => new TextFormat(terminal),
        };
}
