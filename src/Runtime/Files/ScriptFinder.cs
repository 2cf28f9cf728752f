using System.Text;
using Confgen.Model.Routes;
using Confgen.Runtime.Forwarding;

namespace Confgen.Runtime.Files;

/// <summary>
/// Finds the script of a path: (1) the one that the path names, if it is there, so that nobody runs <c>/uploads/cat.jpg/x.php</c>; (2) the
/// index of the directory; (3) the index of the root. Paths have a character for each byte.
/// </summary>
internal static class ScriptFinder
{
    /// <summary>The script; null where there is none.</summary>
    public static Script? Find(string path, FastCgi fastCgi)
    {
        var root = new FileRoot(fastCgi.LookupRoot);
        if (fastCgi.ScriptOf(path) is { } named && root.IsFile(Text(named.Script)))
        {
            return new Script(fastCgi, named.Script, named.PathInfo);
        }

        string index = path + fastCgi.Index;
        return path.EndsWith('/') && root.IsFile(Text(index)) ? new Script(fastCgi, index, "")
            : fastCgi.FrontController ? new Script(fastCgi, "/" + fastCgi.Index, "")
            : null;
    }

    /// <summary>Whether the path is that of a directory with an index, without the slash that relative links need.</summary>
    public static bool LacksSlash(string path, FastCgi fastCgi)
    {
        var root = new FileRoot(fastCgi.LookupRoot);
        return !path.EndsWith('/')
            && !(fastCgi.ScriptOf(path) is { } named && root.IsFile(Text(named.Script)))
            && root.IsFile(Text(path + "/" + fastCgi.Index));
    }

    private static string Text(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
}
