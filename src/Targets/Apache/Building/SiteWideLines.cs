using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Targets.Apache.Building;

/// <summary>What a site says for all its routes: its access log.</summary>
internal static class SiteWideLines
{
    // As nginx and others have it: the client's address is that behind trusted proxies.
    private const string Combined = "\"%a %l %u %t \\\"%r\\\" %>s %B \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\"\"";

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(ApacheTexts texts, Site site)
    {
        if (site.Log is { Format: AccessLogFormat.Combined } log)
        {
            string file = log.Output switch
            {
                "stdout" => "/proc/self/fd/1",
                "stderr" => "/proc/self/fd/2",
                var path => path,
            };
            yield return $"CustomLog {texts.Quote(file, log.At.Of(LogFields.Output))} {Combined} env=!unlogged";
        }
    }
}
