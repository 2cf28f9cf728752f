using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Runtime.Compression;

namespace Confgen.Runtime;

/// <summary>What the language can say and this proxy doesn't do, told at its place, so that nothing is dropped in silence.</summary>
internal static class Unserved
{
    /// <summary>Tells each such thing.</summary>
    public static void Find(Spec spec, Action<string> notice)
    {
        foreach (Site site in spec.Sites)
        {
            if (site.Http3)
            {
                notice($"{site.At.Of("http3")}: HTTP/3 is not served: clients use HTTP/2");
            }

            if (site.Compress.Contains(ContentCoding.Zstd) && !Encoder.Has(ContentCoding.Zstd))
            {
                notice($"{site.At.Of("compress")}: zstd needs the system's libzstd, which is not here: clients get the other codings");
            }
        }
    }
}
