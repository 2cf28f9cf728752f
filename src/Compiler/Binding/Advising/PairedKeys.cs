using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>Two keys of another program that say together what one field says here: a host and a port, a number and its window.</summary>
internal static class PairedKeys
{
    private sealed record Pair(string Scope, string[] First, string[] Second, string Field, Func<string, string, string?> Value);

    private static readonly Pair[] _pairs =
    [
        new("rate_limit", ["requests", "limit", "average", "count"], ["window", "period", "per", "interval", "unit"], "rate", Rate),
        new("server", ["host", "address", "ip", "server", "name"], ["port"], "url", Url),
        new("route", ["proxy"], ["port"], "proxy", Url),
        new("route", ["forward_host", "forward_hostname", "upstream_host"], ["forward_port", "upstream_port"], "proxy", Url),
    ];

    /// <summary>The way out of either of the keys, where the other one is there too; else null.</summary>
    public static Advice? Advise(BindingContext c, MapSyntax map, EntrySyntax entry, string scope)
    {
        foreach (Pair pair in _pairs.Where(p => p.Scope == scope))
        {
            if (
                Find(map, pair.First) is { Value: ScalarSyntax first } one
                && Find(map, pair.Second) is { Value: ScalarSyntax second } other
                && (entry == one || entry == other)
                && (one.Key.Value == pair.Field || map.Find(pair.Field) is null)
                && !c.Upstreams.ContainsKey(first.Value)
                && pair.Value(first.Value, second.Value) is { } value
            )
            {
                string line = $"{pair.Field}: {value}";
                if (one.Key.Value == pair.Field)
                {
                    IReadOnlyList<TextEdit>? gone = EntryEdits.Remove(c, map, other);
                    return new Advice($"it belongs to the address: write '{line}'")
                    {
                        Edits = gone is null ? [] : gone.Append(new TextEdit(first.Span, value)).ToValueList(),
                    };
                }

                if (entry == other)
                {
                    return new Advice($"it goes with '{one.Key.Value}' into '{line}'");
                }

                IReadOnlyList<TextEdit>?[] edits = [EntryEdits.Replace(map, one, pair.Field, value), EntryEdits.Remove(c, map, other)];
                return new Advice($"write '{line}'") { Edits = edits.Contains(null) ? [] : edits.SelectMany(e => e ?? []).ToValueList() };
            }
        }

        return null;
    }

    private static EntrySyntax? Find(MapSyntax map, string[] keys) => map.Entries.FirstOrDefault(e => keys.Contains(e.Key.Value));

    private static string? Rate(string number, string window) =>
        window switch
        {
            "1s" or "s" or "second" or "1" => ValueSuggestions.Rate(number + "/sec"),
            "1m" or "m" or "60s" or "minute" or "60" => ValueSuggestions.Rate(number + "/min"),
            "1h" or "h" or "hour" => ValueSuggestions.Rate(number + "/hour"),
            _ => null,
        };

    private static string? Url(string host, string port) =>
        host.Contains(':', StringComparison.Ordinal) || !port.All(char.IsAsciiDigit) ? null
        : ValueSuggestions.Url($"{host}:{port}") is { } url ? YamlScalar.Of(url)
        : null;
}
