using System.Text;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// A prefix of whole segments: <c>/api</c> takes <c>/api</c> and <c>/api/x</c>, never <c>/apifoo</c>; <c>/</c> takes every path.
/// </summary>
public sealed class PathPrefix
{
    private readonly byte[] _path;

    /// <summary>Makes the prefix of a path of the spec, which is decoded and normal.</summary>
    public PathPrefix(string path)
    {
        _path = Encoding.UTF8.GetBytes(path.Length > 1 ? path.TrimEnd('/') : path);
        IsEverything = _path is [] or [(byte)'/'];
    }

    /// <summary>Whether it takes every path.</summary>
    public bool IsEverything { get; }

    /// <summary>Whether it takes the normalised path.</summary>
    public bool Takes(ReadOnlySpan<byte> normalizedPath) =>
        IsEverything
        || (normalizedPath.StartsWith(_path) && (normalizedPath.Length == _path.Length || normalizedPath[_path.Length] == (byte)'/'));

    /// <summary>
    /// The length of the raw path's part that spells the prefix, whatever its spelling: <c>/%61pi</c>, <c>//api</c>, <c>/./api</c>; or -1
    /// where the path isn't below the prefix.
    /// </summary>
    public int LengthIn(ReadOnlySpan<char> rawPath)
    {
        int at = 0;
        int matched = 0;
        while (matched < _path.Length)
        {
            if (_path[matched] == (byte)'/')
            {
                // One slash of the prefix may be many in the raw path, with "." segments between them.
                if (!SkipSeparator(rawPath, ref at))
                {
                    return -1;
                }
            }
            else if (at == rawPath.Length || PercentCode.Next(rawPath, ref at) != _path[matched])
            {
                return -1;
            }

            matched++;
        }

        int end = at;
        return IsEverything || at == rawPath.Length || PercentCode.Next(rawPath, ref end) == '/' ? at : -1;
    }

    private static bool SkipSeparator(ReadOnlySpan<char> rawPath, ref int at)
    {
        int next = at;
        if (next == rawPath.Length || PercentCode.Next(rawPath, ref next) != '/')
        {
            return false;
        }

        do
        {
            at = next;
            if (next < rawPath.Length && PercentCode.Next(rawPath, ref next) == '.' && next < rawPath.Length)
            {
                // A dot that no slash follows starts a name.
                byte after = PercentCode.Next(rawPath, ref next);
                next = after == '/' ? next : at;
            }
            else
            {
                int single = at;
                next = single < rawPath.Length && PercentCode.Next(rawPath, ref single) == '/' ? single : at;
            }
        } while (next > at);

        return true;
    }
}
