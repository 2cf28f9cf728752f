using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads what holds for a whole site: compression, the log.</summary>
internal static class SiteWideReader
{
    public static void Read(Scope scope, OutputMap site)
    {
        var codings = new List<(string Coding, SourceDirective Directive)>();
        foreach ((string name, string coding) in ((string, string)[])[("zstd", "zstd"), ("brotli", "br"), ("gzip", "gzip")])
        {
            if (scope.Find(name) is { } directive)
            {
                if (directive.First == "on")
                {
                    codings.Add((coding, directive));
                }
                else
                {
                    directive.Entry.Imply("nothing is compressed unless written");
                }
            }
        }

        if (codings.Count > 0)
        {
            OutputNode place = site.Set("compress", OutputList.OfTexts([.. codings.Select(c => c.Coding)]));
            foreach ((_, SourceDirective directive) in codings)
            {
                directive.Entry.Say(place);
            }
        }

        if (scope.Find("access_log") is { } log)
        {
            LogReader.Read(log, site);
        }
    }
}
