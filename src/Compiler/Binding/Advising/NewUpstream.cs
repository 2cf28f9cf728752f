using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>The way out for several servers where one upstream is expected: an upstream of them, with a name.</summary>
internal static class NewUpstream
{
    /// <summary>The advice; its edits write <c>upstreams:</c> above <c>sites:</c>, or a line below the one that there is.</summary>
    public static Advice Of(BindingContext c, ListSyntax servers)
    {
        string[] urls =
        [
            .. servers.Items.OfType<ScalarSyntax>().Select(s => ValueSuggestions.Url(s.Value) ?? s.Value).Select(u => $"\"{u}\""),
        ];
        string name = Enumerable.Range(1, 1000).Select(i => i == 1 ? "app" : $"app{i}").First(n => !c.Upstreams.ContainsKey(n));
        string line = $"{name}: {{ servers: [{string.Join(", ", urls)}] }}";
        ValueList<TextEdit> edits = Place(c, servers.Span.File, line) is { } insertion ? [insertion, new TextEdit(servers.Span, name)] : [];
        string where = c.Upstreams.Count == 0 ? $"write 'upstreams: {{ {line} }}'" : $"add '{line}' under 'upstreams'";
        return new Advice($"{where}, and 'proxy: {name}' here") { Edits = edits };
    }

    private static TextEdit? Place(BindingContext c, string file, string line)
    {
        if (!c.Sources.TryGetValue(file, out SourceText? source))
        {
            return null;
        }

        int sites = 0;
        for (int number = 1; number <= source.LineCount; number++)
        {
            string text = source.Line(number);
            if (text.TrimEnd() == "upstreams:")
            {
                string next = source.Line(number + 1);
                return At(file, number + 1, new string(' ', next.Length - next.TrimStart().Length) + line + "\n");
            }

            if (text.StartsWith("upstreams:", StringComparison.Ordinal))
            {
                return null;
            }

            sites = sites == 0 && text.StartsWith("sites:", StringComparison.Ordinal) ? number : sites;
        }

        return sites == 0 ? null : At(file, sites, $"upstreams:\n  {line}\n");
    }

    private static TextEdit At(string file, int line, string text) => new(new SourceSpan(file, line, 1, line, 1), text);
}
