using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Logs;

/// <summary>A file has one format.</summary>
internal sealed class SharedLogFileRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0232",
        "shared-log-file",
        Severity.Warning,
        "A log file that is written in two formats"
    )
    {
        Why = "Lines of both formats would be mixed, and no tool reads such a file. Give each format a file of its own.",
        Bad = """
            sites:
              - { host: a.example.com, log: { format: json, output: /var/log/web.log }, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, log: { format: combined, output: /var/log/web.log }, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, log: { format: json, output: /var/log/web.log }, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, log: { format: json, output: /var/log/web.log }, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var formats = new Dictionary<string, AccessLog>(StringComparer.Ordinal);
        foreach (AccessLog log in spec.Sites.SelectMany(s => s.Routes.Select(r => r.Log).Prepend(s.Log)).OfType<AccessLog>())
        {
            if (
                log.Format != AccessLogFormat.Off
                && log.Output.StartsWith('/')
                && !formats.TryAdd(log.Output, log)
                && formats[log.Output] is var first
                && first.Format != log.Format
            )
            {
                context.Report(
                    log.At.Of(log.At.Wrote(LogFields.Format) ? "format" : "output"),
                    $"another log writes '{log.Output}' in another format",
                    "use one format, or another file",
                    new RelatedSpan(first.At.Span, "the other log")
                );
            }
        }
    }
}
