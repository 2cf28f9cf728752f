namespace Confgen.Compiler.Tests.Mistakes;

/// <summary>A spec with a mistake, as the files of this folder write it.</summary>
/// <param name="Title">What is wrong, in the words of who made it.</param>
/// <param name="Spec">The spec.</param>
/// <param name="ByHand">What a person makes of advice that no edit follows, in turn.</param>
/// <param name="Told">What its author is told first, a line for each diagnostic.</param>
internal sealed record Mistake(string Title, string Spec, IReadOnlyList<string> ByHand, IReadOnlyList<string> Told)
{
    /// <summary>The files beside the spec.</summary>
    public IReadOnlyDictionary<string, string> Files { get; } =
        new Dictionary<string, string> { ["more.yaml"] = "upstreams: { more: \"http://127.0.0.1:3009\" }\n" };

    public static IEnumerable<Mistake> Read(string text)
    {
        foreach (string part in text.Split("#### ", StringSplitOptions.RemoveEmptyEntries))
        {
            int line = part.IndexOf('\n');
            int end = part.IndexOf("----\n", StringComparison.Ordinal);
            string[] steps = end < 0 ? [] : part[(end + 5)..].Split("<<<\n");
            yield return new Mistake(
                part[..line],
                end < 0 ? part[(line + 1)..] : part[(line + 1)..end],
                [.. steps.Skip(1).Select(s => s[..s.IndexOf(">>>\n", StringComparison.Ordinal)])],
                [.. steps.Take(1).SelectMany(s => s.Split('\n')).TakeWhile(l => l.StartsWith("> ", StringComparison.Ordinal))]
            );
        }
    }
}
