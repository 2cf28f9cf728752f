using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>encode</c> and <c>request_body</c>.</summary>
internal static class SmallReaders
{
    private static readonly string[] _codings = ["zstd", "br", "gzip"];

    public static void Encode(Directive directive, RouteDraft draft)
    {
        string[] named =
        [
            .. directive.Words.Concat(directive.Line.Block.Select(l => l.Name)).Where(_codings.Contains).Distinct(StringComparer.Ordinal),
        ];
        if (named.Length == 0)
        {
            named = ["zstd", "gzip"];
        }

        // For the whole site: its reader takes it out of the routes.
        OutputNode place = draft.Route.Set("compress", new OutputList(named.Select(n => new OutputText(n, isWord: true))));
        directive.Line.Entry.Say(place, directive.Condition.IsWritten ? "for the whole site" : null);
        foreach (SourceLine line in directive.Line.Block)
        {
            if (_codings.Contains(line.Name))
            {
                line.Entry.Say(place);
                foreach (SourceLine level in line.Block)
                {
                    level.Entry.Tune("the level is the program's");
                }
            }
            else
            {
                line.TuneAll("text, JSON, JavaScript, XML, SVG and WASM from 512 bytes on are compressed");
            }
        }
    }

    public static void RequestBody(Directive directive, RouteDraft draft)
    {
        foreach (SourceLine line in directive.Line.Block)
        {
            if (line.Name == "max_size" && Units.Size(line.First) is { } size)
            {
                line.Entry.Say(draft.Route.Word("max_body", size));
            }
            else
            {
                line.Entry.Lose(line.Name == "max_size" ? "not a size" : "there is no limit of time for a request's body");
            }
        }

        directive.Line.Entry.Imply("what is in it is read");
    }
}
