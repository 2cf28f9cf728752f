using Confgen.Compiler.Binding.Acme;
using Confgen.Compiler.Binding.Expectations;
using Confgen.Compiler.Binding.Fragments;
using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Binding.Streams;
using Confgen.Compiler.Binding.Tunnels;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Language;
using Confgen.Compiler.Lint;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding;

/// <summary>Binds the root of a spec: the maps of its files, read as one.</summary>
internal sealed class SpecBinder
{
    private const string UnixPeers = "unix";

    public static readonly Rule DefinedTwice = new("CFG0106", "defined-twice", Severity.Error, "A name that is defined twice")
    {
        Why = "The files of a spec are one spec: an upstream, a tunnel or a stream has one definition. The message shows both places.",
        Bad = "include: [more.yaml]\nupstreams:\n  app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: app }\n",
        Good =
            "include: [more.yaml]\nupstreams:\n  main: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: main }\n"
            + "  - { host: b.example.com, proxy: app }\n",
        Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["more.yaml"] = "upstreams:\n  app: http://127.0.0.1:3001\n" },
    };

    public static readonly Rule BadName = new(
        "CFG0105",
        "bad-definition-name",
        Severity.Error,
        "A name that can't name an upstream, a tunnel, a stream or a fragment"
    )
    {
        Why = "Names go into every target's own identifiers: letters, digits, `-` and `_`, starting with a letter, at most 64 characters.",
        Bad = "upstreams:\n  \"my app\": http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "upstreams:\n  my_app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: my_app }\n",
    };

    public static readonly Rule UnknownVersion = new(
        "CFG0104",
        "unknown-language-version",
        Severity.Error,
        "A version of the language that this confgen doesn't know"
    )
    {
        Why = "`version: 1` is the only one there is; it may be left out.",
        Bad = "version: 2\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "version: 1\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    private static readonly (string, Severity)[] _severities =
    [
        ("off", Severity.Off),
        ("info", Severity.Info),
        ("warning", Severity.Warning),
        ("error", Severity.Error),
    ];

    private readonly IReadOnlyList<ITarget> _targets;
    private readonly ObjectSchema _targetsSchema;
    private readonly Func<IReadOnlyList<Rule>> _furtherRules;

    public SpecBinder(IReadOnlyList<ITarget> targets, Func<IReadOnlyList<Rule>> furtherRules)
    {
        _furtherRules = furtherRules;
        _targets = targets;
        _targetsSchema = TargetSettingsBinder.Schema(targets);
        Schema = SpecFields.Schema(_targetsSchema);
    }

    /// <summary>The root map, with everything that it reaches.</summary>
    public ObjectSchema Schema { get; }

    /// <summary>Binds the roots of all files; those sections that are lists or maps of names add up.</summary>
    public (Spec Spec, LintSettings Lint) Bind(BindingContext c, IReadOnlyList<MapSyntax> files)
    {
        ObjectReader o = ObjectReader.Open(c, FragmentExpander.Expand(c, Merge(c, files)), Schema);
        if (o.Get(SpecFields.Version) is ScalarSyntax { IsUnresolved: false, Value: not "1" } version)
        {
            c.Diagnostics.Report(
                UnknownVersion,
                version.Span,
                $"unknown version '{version.Value}' of the language",
                Advice.Replace(version.Span, "1", "write '1', or leave the line out")
            );
        }
        else
        {
            o.Read(SpecFields.Version);
        }

        LintSettings lint = BindLint(c, o);
        var inherited = new Inherited();
        var limits = new Limits();
        ObjectReader? defaults = o.Get(SpecFields.Defaults) is { } node ? ObjectReader.Open(c, node, DefaultsFields.Schema) : null;
        if (defaults is not null)
        {
            inherited = inherited.Bind(c, defaults, guards: false);
            limits = LimitsBinder.Bind(c, defaults.Get(SiteFields.Limits), limits);
        }

        foreach (EntrySyntax entry in o.Entries(SpecFields.Fragments))
        {
            CheckName(c, entry.Key);
            FragmentReader.Check(c, entry.Value);
        }

        c.HasOtherUpstreams = o.Meant(SpecFields.Upstreams) || o.Get(SpecFields.Upstreams) is not (null or MapSyntax);
        foreach (EntrySyntax entry in o.Entries(SpecFields.Upstreams))
        {
            CheckName(c, entry.Key);
            c.Upstreams[entry.Key.Value] = UpstreamBinder.Bind(c, entry.Key.Value, entry.Value);
        }

        var entries = new HashSet<int>();
        foreach (EntrySyntax entry in o.Entries(SpecFields.Tunnels))
        {
            CheckName(c, entry.Key);
            c.Tunnels[entry.Key.Value] = TunnelBinder.Bind(c, entry.Key.Value, entry.Value, entries);
        }

        var streams = new List<Model.Streams.TcpStream>();
        foreach (EntrySyntax entry in o.Entries(SpecFields.Streams))
        {
            CheckName(c, entry.Key);
            streams.Add(StreamBinder.Bind(c, entry.Key.Value, entry.Value));
        }

        if (defaults is not null)
        {
            SiteBinder.CheckDefaults(c.ForDiagnosticsAlone(), defaults, inherited, limits);
        }

        return (
            c.Written(
                new Spec
                {
                    At = o.Source,
                    TrustedProxies = o.Values(
                        SpecFields.TrustedProxies,
                        n => n is ScalarSyntax { Value: UnixPeers } ? (Model.Units.Cidr?)null : CidrReader.Bind(c, n)
                    ),
                    TrustsUnixPeers = TrustsUnixPeers(o.Get(SpecFields.TrustedProxies)),
                    Acme = AcmeBinder.Bind(c, o.Get(SpecFields.Acme)),
                    Upstreams = c.Upstreams.Values.ToValueList(),
                    Sites = o.List(SpecFields.Sites, n => SiteBinder.Bind(c, n, defaults, inherited, limits)),
                    Tunnels = c.Tunnels.Values.OfType<Model.Tunnels.Tunnel>().ToValueList(),
                    Streams = streams.ToValueList(),
                    Targets = TargetSettingsBinder.Bind(c, o.Get(SpecFields.Targets), _targetsSchema, _targets),
                    Raw = RawBinder.Bind(c, o.Get(SpecFields.Raw)),
                    Tests = o.List(SpecFields.Tests, n => ExpectationBinder.Bind(c, n)),
                }
            ),
            lint
        );
    }

    // Peers on unix sockets have no address.
    private static bool TrustsUnixPeers(SyntaxNode? node) =>
        node switch
        {
            ScalarSyntax { Value: UnixPeers } => true,
            ListSyntax list => list.Items.Any(TrustsUnixPeers),
            _ => false,
        };

    private LintSettings BindLint(BindingContext c, ObjectReader o)
    {
        var severities = new Dictionary<string, Severity>(StringComparer.Ordinal);
        foreach (EntrySyntax entry in o.Entries(SpecFields.Lint))
        {
            string name = entry.Key.Value;
            if (
                !Linter.Rules.Any(r => r.Rule.Code == name || r.Rule.Name == name)
                && !_furtherRules().Any(r => r.Severity != Severity.Error && (r.Code == name || r.Name == name))
            )
            {
                string[] near =
                [
                    .. Spelling.AllNearest(
                        name,
                        Linter
                            .Rules.Select(r => r.Rule)
                            .Concat(_furtherRules().Where(r => r.Severity != Severity.Error))
                            .SelectMany(r => new[] { r.Name, r.Code })
                            .Distinct(StringComparer.Ordinal)
                    ),
                ];
                c.Diagnostics.Report(
                    ValueRules.UnknownKey,
                    entry.Key.Span,
                    $"unknown rule '{name}'",
                    near is [var only]
                        ? Advice.Replace(entry.Key.Span, only, $"did you mean '{only}'?")
                        : new Advice("'confgen rules' lists the rules")
                );
            }
            else if (ScalarReader.Word(c, entry.Value, _severities) is { } severity)
            {
                severities[name] = severity;
            }
        }

        return new LintSettings(severities);
    }

    private static void CheckName(BindingContext c, ScalarSyntax key)
    {
        string name = key.Value;
        bool good =
            name.Length is > 0 and <= 64
            && char.IsAsciiLetter(name[0])
            && name.All(ch => char.IsAsciiLetterOrDigit(ch) || ch is '-' or '_');
        if (!good)
        {
            c.Diagnostics.Report(BadName, key.Span, $"'{name}' can't be a name", "letters, digits, '-' and '_', starting with a letter");
        }
    }

    private static MapSyntax Merge(BindingContext c, IReadOnlyList<MapSyntax> files)
    {
        if (files.Count == 1)
        {
            return files[0];
        }

        var merged = new Dictionary<string, EntrySyntax>(StringComparer.Ordinal);
        foreach (EntrySyntax entry in files.SelectMany(f => f.Entries).Where(e => e.Key.Value is not "include"))
        {
            string name = entry.Key.Value;
            merged[name] =
                !merged.TryGetValue(name, out EntrySyntax? first) || name == "version"
                    ? entry
                    : (first.Value, entry.Value) switch
                    {
                        (ListSyntax a, ListSyntax b) => first with { Value = new ListSyntax([.. a.Items, .. b.Items], a.Span) },
                        (MapSyntax a, MapSyntax b) => first with { Value = MergeMaps(c, a, b) },
                        _ => Twice(c, first, entry),
                    };
        }

        return new MapSyntax([.. merged.Values], files[0].Span);
    }

    private static MapSyntax MergeMaps(BindingContext c, MapSyntax a, MapSyntax b)
    {
        var entries = new List<EntrySyntax>(a.Entries);
        var known = a.Entries.ToDictionary(e => e.Key.Value, StringComparer.Ordinal);
        foreach (EntrySyntax entry in b.Entries)
        {
            if (known.TryAdd(entry.Key.Value, entry))
            {
                entries.Add(entry);
            }
            else
            {
                Twice(c, known[entry.Key.Value], entry);
            }
        }

        return new MapSyntax(entries, a.Span);
    }

    private static EntrySyntax Twice(BindingContext c, EntrySyntax first, EntrySyntax second)
    {
        c.Diagnostics.Report(
            DefinedTwice,
            second.Key.Span,
            $"'{second.Key.Value}' is defined twice",
            "rename one of them, or remove it",
            new RelatedSpan(first.Key.Span, "the first definition")
        );
        return first;
    }
}
