using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Confgen.Runtime.Messages;

/// <summary>The first lines of answers, made once. The reason is the registered one: clients ignore it (RFC 9112, section 4).</summary>
internal static class StatusLines
{
    private static readonly byte[][] _lines = [.. Enumerable.Range(0, 1000).Select(Make)];

    /// <summary>The line for a status, its end included.</summary>
    public static ReadOnlySpan<byte> Of(int status) => _lines[status];

    private static byte[] Make(int status) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {(status == 103 ? "Early Hints" : ReasonPhrases.GetReasonPhrase(status))}\r\n"));
}
