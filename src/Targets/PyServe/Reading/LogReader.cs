using Confgen.Compiler.Syntax;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Reads what PyServe logs: a line for each request from the level INFO down.</summary>
internal static class LogReader
{
    public static SyntaxNode? Log(ConfigFile config)
    {
        if (config.Logging is not { } logging)
        {
            return null;
        }

        if (ConfigFile.Scalar(logging, "level") is { Value: not ("DEBUG" or "INFO") } level)
        {
            return SpecNodes.Word("off", level.Span);
        }

        if (ConfigFile.Boolean(logging, "use_rotation") == true && logging.Find("use_rotation") is { } rotation)
        {
            config.Report(
                ReadingRules.Differs,
                rotation.Span,
                "PyServe rotates its log by size",
                "rotate it with another program, as logrotate"
            );
        }

        if (ConfigFile.Scalar(logging, "log_file") is not { IsNull: false } file)
        {
            return null;
        }

        string format = ConfigFile.Boolean(logging, "structured_logs") == true ? "json" : "combined";
        return SpecNodes.Map(
            logging.Span,
            ("format", SpecNodes.Word(format, file.Span)),
            ("output", SpecNodes.Text(ConfigFile.Absolute(file), file.Span))
        );
    }
}
