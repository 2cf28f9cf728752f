namespace Confgen.Cli.Output;

/// <summary>A way of writing down what was found.</summary>
internal interface IReportFormat
{
    /// <summary>Writes all reports of a run at once: some formats are one document.</summary>
    void Write(TextWriter writer, IReadOnlyList<Report> reports);
}
