using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>access_log</c>.</summary>
internal static class LogReader
{
    public static void Read(SourceDirective directive, OutputMap owner)
    {
        if (directive.First == "off")
        {
            directive.Entry.Say(owner.Set("log", new OutputText("off", isWord: true)));
            return;
        }

        string format = directive.Arguments.Count > 1 ? directive.Arguments[1] : "combined";
        bool isFile = directive.First is "/dev/stdout" or "/dev/stderr" || directive.First.StartsWith('/');
        if (!isFile || directive.First.Contains('$', StringComparison.Ordinal))
        {
            directive.Entry.Tune("logs go to files, stdout or stderr");
        }
        else
        {
            OutputMap log = owner.Map("log");
            log.Set("format", new OutputText("combined", isWord: true));
            log.Set(
                "output",
                directive.First switch
                {
                    "/dev/stdout" => "stdout",
                    "/dev/stderr" => "stderr",
                    var file => file,
                }
            );
            directive.Entry.Say(log, format == "combined" ? null : $"in the format 'combined' instead of '{format}'");
        }
    }
}
