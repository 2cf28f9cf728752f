using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>
/// Checks a file as Traefik reads it: keys that it knows, values of their kind, rules that can be parsed, and names that something has.
/// </summary>
internal sealed partial class TraefikChecker
{
    private const string AnyItem = "[]";
    private readonly TraefikKeys _keys;
    private readonly TargetVersion _version;
    private readonly List<TraefikFinding> _findings = [];
    private readonly Dictionary<string, HashSet<string>> _defined = new(StringComparer.Ordinal);
    private readonly List<(string Kind, ScalarSyntax Name)> _used = [];

    private TraefikChecker(TraefikKeys keys, TargetVersion version) => (_keys, _version) = (keys, version);

    /// <summary>Everything that is wrong with a file's text.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="keys">The keys of such a file.</param>
    /// <param name="version">The release that reads it.</param>
    public static IReadOnlyList<TraefikFinding> Check(string file, string text, TraefikKeys keys, TargetVersion version)
    {
        var diagnostics = new DiagnosticBag();
        SyntaxNode? root = YamlText.Read(new SourceText(file, text), diagnostics);
        if (diagnostics.Items.Count > 0 || root is null)
        {
            return [.. diagnostics.Items.Select(static found => new TraefikFinding(found.Span, found.Message))];
        }

        var checker = new TraefikChecker(keys, version);
        if (keys == TraefikKeys.Dynamic && text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at)
        {
            int line = text.AsSpan(0, at).Count('\n') + 1;
            checker._findings.Add(new TraefikFinding(new SourceSpan(file, line, 1, line, 2), "'{{' starts an action of Go's templates"));
        }

        checker.Check(root, "");
        checker.CheckNames();
        return checker._findings;
    }

    private void Check(SyntaxNode node, string path)
    {
        switch (node)
        {
            case MapSyntax map:
                foreach (EntrySyntax entry in map.Entries)
                {
                    CheckEntry(entry, path);
                }

                break;
            case ListSyntax list when _keys.HasKeys($"{path}.{AnyItem}"):
                foreach (SyntaxNode item in list.Items)
                {
                    Check(item, $"{path}.{AnyItem}");
                }

                break;
            default:
                CheckValue(node, path);
                break;
        }
    }

    private void CheckEntry(EntrySyntax entry, string path)
    {
        string key = entry.Key.Value;
        if (_keys.Below(path, key) is not { } below)
        {
            Report(entry.Key, $"unknown key '{key}'");
            return;
        }

        if (below is "http.routers.*" or "http.services.*" or "http.middlewares.*" or "http.serversTransports.*" or "tls.options.*")
        {
            Defined(path).Add(key);
        }

        if (_keys.Find(below) is { } known && known.Since > _version)
        {
            Report(entry.Key, $"'{key}' needs Traefik {known.Since}");
        }

        Check(entry.Value, below);
    }

    private void CheckValue(SyntaxNode node, string path)
    {
        string? expected = _keys.Find(path)?.Kind switch
        {
            "list" => node is ListSyntax list && list.Items.All(static item => item is ScalarSyntax) ? null : "a list of texts",
            "integer" => Integer(node) is not null ? null : "a whole number",
            "boolean" => node is ScalarSyntax { IsQuoted: false, Value: "true" or "false" } ? null : "true or false",
            "duration" => node is ScalarSyntax duration && Duration().IsMatch(duration.Value) ? null : "a duration",
            "text" => node is ScalarSyntax text && (text.IsQuoted || Yaml11.KindOf(text.Value) == Yaml11Kind.Text) ? null : "a text",
            "map" => "a map",
            _ => "a list or a map",
        };
        if (expected is not null)
        {
            Report(node, $"'{path}' is {expected}; this is {node.Kind}");
            return;
        }

        foreach (ScalarSyntax value in node is ListSyntax values ? values.Items.OfType<ScalarSyntax>() : [(ScalarSyntax)node])
        {
            CheckMeaning(value, path);
        }
    }

    private void CheckMeaning(ScalarSyntax value, string path)
    {
        switch (path)
        {
            case "http.routers.*.rule":
                if (!TraefikRuleParser.TryParse(value.Value, out _, out string? problem))
                {
                    Report(value, problem);
                }

                break;
            case "http.routers.*.middlewares":
                _used.Add(("http.middlewares", value));
                break;
            case "http.routers.*.service":
                _used.Add(("http.services", value));
                break;
            case "http.services.*.loadBalancer.serversTransport":
                _used.Add(("http.serversTransports", value));
                break;
            case "http.routers.*.tls.options":
                _used.Add(("tls.options", value));
                break;
        }
    }

    // A name with an at sign is another provider's.
    private void CheckNames()
    {
        foreach ((string kind, ScalarSyntax name) in _used)
        {
            if (!name.Value.Contains('@', StringComparison.Ordinal) && !Defined(kind).Contains(name.Value))
            {
                Report(name, $"nothing in {kind} is called '{name.Value}'");
            }
        }
    }

    private HashSet<string> Defined(string kind)
    {
        if (!_defined.TryGetValue(kind, out HashSet<string>? names))
        {
            _defined[kind] = names = new HashSet<string>(StringComparer.Ordinal);
        }

        return names;
    }

    private void Report(SyntaxNode node, string message) => _findings.Add(new TraefikFinding(node.Span, message));

    private static long? Integer(SyntaxNode node) =>
        node is ScalarSyntax { IsQuoted: false } scalar
        && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : null;

    [GeneratedRegex(@"\A-?(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|ms|s|m|h)?)+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
