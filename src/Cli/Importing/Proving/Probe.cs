using System.Net;
using Confgen.Model;
using Confgen.Model.Rules;

namespace Confgen.Cli.Importing.Proving;

/// <summary>A request that the original and the spec are both sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL, with every byte of its target.</param>
/// <param name="Headers">Its fields.</param>
/// <param name="From">The client's address.</param>
/// <param name="Length">The length of its body.</param>
internal sealed record Probe(string Method, string Url, ValueList<KeyValuePair<string, string>> Headers, IPAddress From, int Length = 0)
{
    /// <summary>A field by which the mock is asked for something else than its usual response.</summary>
    public const string Ask = "X-Confgen-Ask";

    /// <summary>The fields that every request has.</summary>
    public static readonly ValueList<KeyValuePair<string, string>> Usual =
    [
        new("User-Agent", "confgen-import"),
        new("Accept", "*/*"),
        new("X-Forwarded-For", "198.51.100.9"),
        new("Cookie", "a=b"),
    ];

    public EvaluatedRequest Request => EvaluatedRequest.FromUrl(Method, Url, Headers, From);

    /// <summary>It in one line, as people write it.</summary>
    public string Text
    {
        get
        {
            string fields = string.Concat(
                Headers.Where(h => !Usual.Contains(h) && h.Key != "Content-Length").Select(h => $" -H '{h.Key}: {h.Value}'")
            );
            string length = Length > 0 ? $" ({Length} bytes)" : "";
            string from = From.Equals(EvaluatedRequest.PublicPeer) ? "" : $" from {From}";
            return $"{Method} {Url}{fields}{length}{from}";
        }
    }
}
