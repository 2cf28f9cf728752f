using System.Buffers;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>The characters of nginx's names.</summary>
internal static class NginxNames
{
    /// <summary>What a variable's name is made of.</summary>
    public static readonly SearchValues<char> Variable = SearchValues.Create(
        "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );
}
