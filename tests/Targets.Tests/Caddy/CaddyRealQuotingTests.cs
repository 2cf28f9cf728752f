using System.Text.Json;
using Confgen.Targets.Caddy.Syntax;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>
/// The quoting, tried on the installed Caddy: hundreds of nasty strings in one file, for <c>caddy adapt</c> is slow to start.
/// </summary>
public sealed class CaddyRealQuotingTests(ITestOutputHelper output)
{
    private static readonly CaddyVersion Version = new(6, 2);

    [Fact]
    public void Caddy_reads_back_every_value_that_is_not_refused()
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        for (int imports = 0; imports <= 2; imports++)
        {
            var quoting = new CaddyQuoting(Version, imports);
            (List<string> values, List<string> quoted) = Samples(text => quoting.Value(text));
            string lines = string.Concat(quoted.Select(static each => $"\trespond * {each} 200\n"));
            string imported = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            File.WriteAllText(imported, $"(inner) {{\n{lines}}}\n");
            List<string> read = Bodies(
                imports switch
                {
                    0 => $":80 {{\n{lines}}}\n",
                    1 => $"(inner) {{\n{lines}}}\n(outer) {{\n\timport inner\n}}\n:80 {{\n\timport outer\n}}\n",
                    _ => $"import {imported}\n:80 {{\n\timport inner\n}}\n",
                }
            );
            File.Delete(imported);
            Assert.Equal(values.Count, read.Count);
            for (int i = 0; i < values.Count; i++)
            {
                Assert.Equal(values[i], Expand(read[i]));
            }
        }

        // What the shorthands made of the text is in it; the rest of the steps are those of the model that the properties test.
        static string Expand(string text) => CaddyReader.Expand(text, Version);
    }

    [Fact]
    public void Caddy_reads_back_every_argument_that_is_not_refused()
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        (List<string> values, List<string> quoted) = Samples(text => new CaddyQuoting(Version).Argument(text));
        Assert.Equal(values, Bodies($":80 {{\n{string.Concat(quoted.Select(static each => $"\trespond * {each} 200\n"))}}}\n"));
    }

    [Fact]
    public void Caddy_compiles_every_regex_to_the_same()
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        string[] patterns =
        [
            @"^/api(?:/|$)",
            @"\.(js|css|png|jpe?g)$",
            @"^/[0-9]{3}/x{host}",
            @"\{path\}",
            @"[{}]+",
            "a b\"c",
            @"^[^?]*(?:[/\\]|%2[Ff])",
            "\\p{Greek}",
            "{$HOME}",
            "#",
            "`",
            "}",
        ];
        IEnumerable<string> lines = patterns.Select(
            static (pattern, i) => $"\t@m{i} path_regexp {CaddyQuoting.Regex(pattern).Text}\n\trespond @m{i} 200\n"
        );
        (int code, string json, string error) = RealCaddy.Adapt($":80 {{\n{string.Concat(lines)}}}\n");
        Assert.True(code == 0, error);
        string[] read = [.. Find(JsonDocument.Parse(json).RootElement, "pattern")];
        Assert.Equal(patterns.Select(Braces), read.Select(Braces));

        static string Braces(string pattern) =>
            pattern
                .Replace(@"\{", "{", StringComparison.Ordinal)
                .Replace(@"\}", "}", StringComparison.Ordinal)
                .Replace(@"\x7B", "{", StringComparison.Ordinal)
                .Replace(@"\x7D", "}", StringComparison.Ordinal);
    }

    [Fact]
    public void Caddy_fmt_leaves_every_quoted_value_alone()
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        // Before 2.7 it doesn't know backquotes, which are the only way to write a backslash before a quote.
        (_, List<string> all) = Samples(text => new CaddyQuoting(Version).Body(new CaddyPart(text, false)));
        List<string> quoted = [.. all.Where(static each => !(each.StartsWith('`') && each.Contains('\\', StringComparison.Ordinal)))];
        string text = $":80 {{\n{string.Concat(quoted.Select(static each => $"\trespond * {each} 200\n"))}}}\n";
        Assert.Equal(text, RealCaddy.Format(text));
    }

    private static (List<string> Values, List<string> Quoted) Samples(Func<string, CaddyQuoted> quote)
    {
        var values = new List<string>();
        var quoted = new List<string>();
        foreach (string text in CaddyText.Strings.Generator.Sample(600, 12))
        {
            // Caddy drops a value that is nothing but a status or nothing at all, and JSON can't show what isn't UTF-8.
            if (quote(text).TryGet(out string? written, out _) && text.Length > 0 && !(text.Length == 3 && int.TryParse(text, out _)))
            {
                values.Add(text);
                quoted.Add(written);
            }
        }

        Assert.True(values.Count > 300);
        return (values, quoted);
    }

    private static List<string> Bodies(string file)
    {
        (int code, string json, string error) = RealCaddy.Adapt(file);
        Assert.True(code == 0, error);
        return [.. Find(JsonDocument.Parse(json).RootElement, "body")];
    }

    private static IEnumerable<string> Find(JsonElement element, string name) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(each => each.Name == name ? [each.Value.GetString() ?? ""] : Find(each.Value, name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(each => Find(each, name)),
            _ => [],
        };
}
