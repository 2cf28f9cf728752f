using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Cli.Scaffolding;

/// <summary>
/// An application that people host themselves, with a spec that handles its traps. The spec is a whole one, for
/// <see cref="SampleHost"/> with certificates by ACME; what is chosen takes the place of these.
/// </summary>
/// <param name="Name">The name that <c>--app</c> takes.</param>
/// <param name="Spec">The text of the spec; it begins with the title as a comment.</param>
internal sealed partial record Application(string Name, string Spec)
{
    /// <summary>The host that stands in each spec, by itself or below it.</summary>
    public const string SampleHost = "app.example.com";

    private const string Folder = "Apps.";

    private static readonly Lazy<IReadOnlyList<Application>> _all = new(Read);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Application> All => _all.Value;

    /// <summary>What it is, in a few words.</summary>
    public string Title => Spec[2..Spec.IndexOf('\n', StringComparison.Ordinal)].TrimEnd('.');

    /// <summary>The application's usual address.</summary>
    public string Upstream => Address().Match(Spec).Groups["url"].Value;

    /// <summary>Whether it has no plain form: other servers of Matrix come by TLS alone.</summary>
    public bool NeedsTls => Spec.Contains("8448", StringComparison.Ordinal);

    /// <summary>The application of a name; null where there is none.</summary>
    public static Application? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    private static IReadOnlyList<Application> Read()
    {
        var assembly = typeof(Application).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using Stream stream = assembly.GetManifestResourceStream(n)!;
                    using var reader = new StreamReader(stream, Encoding.UTF8);
                    return new Application(n[Folder.Length..^".yaml".Length], reader.ReadToEnd());
                }),
        ];
    }

    [GeneratedRegex(
        "^upstreams:\n  [a-z0-9-]+: (?<url>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Address();
}
