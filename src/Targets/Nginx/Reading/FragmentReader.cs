using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads locations that stand in no server, as in a file that one includes: as those of a site for every host.</summary>
internal static class FragmentReader
{
    public static OutputMap Read(ReadingState reading, Scope scope)
    {
        var site = new OutputMap();
        site.Comments.Add("The source is a part of a server: write the host.");
        site.Set("host", "_");
        SiteWideReader.Read(scope, site);
        site.Set("routes", RoutesReader.Read(reading, scope, new SiteContext(["_"], HasTls: false, "80"), []));
        return site;
    }
}
