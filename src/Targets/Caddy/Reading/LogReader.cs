using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Reads <c>log</c> of a site.</summary>
internal static class LogReader
{
    public static void Read(SourceLine line, OutputMap site)
    {
        SourceLine? output = line.Block.Find(l => l.Name == "output");
        string? target = output?.Arguments switch
        {
            null => "stderr",
            ["stdout" or "stderr", ..] => output.First,
            ["file", var file, ..] => file,
            ["discard"] => "",
            _ => null,
        };
        if (target is null)
        {
            line.TuneAll("logs go to files, stdout or stderr");
            return;
        }

        OutputNode place;
        if (target.Length == 0)
        {
            place = site.Set("log", new OutputText("off", isWord: true));
        }
        else
        {
            OutputMap log = site.Map("log");
            log.Set("format", new OutputText("json", isWord: true));
            log.Set("output", target);
            place = log;
        }

        line.Entry.Say(place);
        output?.Entry.Say(place);
        foreach (SourceLine inner in line.Block.Where(l => l is { Name: "format", Arguments: ["json"] }))
        {
            inner.Entry.Say(place);
        }

        line.TuneAll("what is logged, and how files are rotated");
    }
}
