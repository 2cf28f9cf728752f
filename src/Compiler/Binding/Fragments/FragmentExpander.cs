using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Fragments;

/// <summary>
/// Puts the fields of fragments where <c>use</c> names them, before anything is bound: binders see maps as if everything had been written
/// there, with the places of the fragments' own lines.
/// </summary>
internal sealed class FragmentExpander
{
    private readonly BindingContext _c;
    private readonly Dictionary<string, EntrySyntax> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MapSyntax> _filled = new(StringComparer.Ordinal);
    private readonly Stack<string> _path = [];
    private long _size;
    private bool _isTooMuch;

    private FragmentExpander(BindingContext c, MapSyntax root)
    {
        _c = c;
        foreach (EntrySyntax entry in root.Find(SpecFields.Fragments.Name) is MapSyntax map ? map.Entries : [])
        {
            _fragments.TryAdd(entry.Key.Value, entry);
        }
    }

    /// <summary>The root with no <c>use</c> in its sites, routes and upstreams.</summary>
    public static MapSyntax Expand(BindingContext c, MapSyntax root)
    {
        var expander = new FragmentExpander(c, root);
        var expanded = new MapSyntax(
            [
                .. root.Entries.Select(entry =>
                    entry.Key.Value == SpecFields.Sites.Name ? entry with { Value = Each(entry.Value, expander.Site) }
                    : entry.Key.Value == SpecFields.Upstreams.Name ? entry with { Value = expander.Upstreams(entry.Value) }
                    : entry
                ),
            ],
            root.Span
        )
        {
            Repeated = root.Repeated,
        };
        c.IdleFragments =
        [
            .. expander
                ._fragments.Where(fragment => !expander._filled.ContainsKey(fragment.Key))
                .Select(static fragment => fragment.Value.Key),
        ];
        return expanded;
    }

    private static SyntaxNode Each(SyntaxNode node, Func<MapSyntax, MapSyntax> expand) =>
        node is ListSyntax list
            ? new ListSyntax([.. list.Items.Select(item => item is MapSyntax map ? expand(map) : item)], list.Span)
            : node;

    private SyntaxNode Upstreams(SyntaxNode node) =>
        node is MapSyntax map
            ? new MapSyntax(
                [.. map.Entries.Select(entry => entry.Value is MapSyntax upstream ? entry with { Value = Filled(upstream) } : entry)],
                map.Span
            )
            {
                Repeated = map.Repeated,
            }
            : node;

    private MapSyntax Site(MapSyntax site)
    {
        MapSyntax filled = Filled(site);
        return filled.Find(SiteFields.Routes.Name) is null
            ? filled
            : new MapSyntax(
                [
                    .. filled.Entries.Select(entry =>
                        entry.Key.Value == SiteFields.Routes.Name ? entry with { Value = Each(entry.Value, Filled) } : entry
                    ),
                ],
                filled.Span
            )
            {
                Repeated = filled.Repeated,
            };
    }

    // The map with the fields of the fragments that it names.
    private MapSyntax Filled(MapSyntax map)
    {
        if (map.Find(FragmentFields.Use.Name) is not { } use)
        {
            return map;
        }

        List<EntrySyntax> entries = [.. map.Entries.Where(static entry => entry.Key.Value != FragmentFields.Use.Name)];
        HashSet<string> own = [.. entries.Select(static entry => entry.Key.Value)];
        var taken = new Dictionary<string, EntrySyntax>(StringComparer.Ordinal);
        foreach (ScalarSyntax name in Names(use))
        {
            if (Fragment(name) is not { } fragment)
            {
                continue;
            }

            foreach (EntrySyntax entry in fragment.Entries.Where(entry => !own.Contains(entry.Key.Value)))
            {
                if (taken.TryAdd(entry.Key.Value, entry))
                {
                    entries.Add(entry);
                }
                else if (taken[entry.Key.Value] != entry)
                {
                    _c.Diagnostics.Report(
                        FragmentRules.Twice,
                        name.Span,
                        $"'{entry.Key.Value}' is in another of the fragments, too",
                        "write it here, or in one of them alone",
                        new RelatedSpan(taken[entry.Key.Value].Key.Span, "the first one"),
                        new RelatedSpan(entry.Key.Span, "the second one")
                    );
                }
            }
        }

        return new MapSyntax(entries, map.Span) { Repeated = map.Repeated };
    }

    private IEnumerable<ScalarSyntax> Names(SyntaxNode use)
    {
        IReadOnlyList<SyntaxNode> items = use is ListSyntax list ? list.Items : [use];
        if (items.Count == 0)
        {
            _c.Diagnostics.Report(ValueRules.BadValue, use.Span, "'use' is an empty list", "remove it, or name a fragment");
        }

        foreach (SyntaxNode item in items)
        {
            if (item is ScalarSyntax { IsNull: false } name)
            {
                yield return name;
            }
            else
            {
                _c.Diagnostics.Report(
                    ValueRules.WrongType,
                    item.Span,
                    $"expected the name of a fragment, found {(item is ScalarSyntax ? "none" : item.Kind)}",
                    item is MapSyntax ? "write the fields under 'fragments', and their name here" : "as 'use: private'"
                );
            }
        }
    }

    private MapSyntax? Fragment(ScalarSyntax name)
    {
        if (name.IsUnresolved)
        {
            return null;
        }

        if (!_fragments.TryGetValue(name.Value, out EntrySyntax? found))
        {
            ReportUnknown(name);
            return null;
        }

        if (_path.Contains(name.Value))
        {
            _c.Diagnostics.Report(
                FragmentRules.Circular,
                name.Span,
                $"the fragment '{name.Value}' uses itself",
                "remove this use",
                new RelatedSpan(found.Key.Span, "the fragment")
            );
            return null;
        }

        if (!_filled.TryGetValue(name.Value, out MapSyntax? filled))
        {
            _filled[name.Value] = filled = Fill(name, found.Value);
        }

        // As with aliases: what is written once may count a thousand times.
        if (!_isTooMuch && (_size += filled.Size) > YamlReader.MaxSize)
        {
            _isTooMuch = true;
            _c.Diagnostics.Report(YamlReader.TooComplex, name.Span, $"fragments bring in more than {YamlReader.MaxSize:N0} nodes");
        }

        return _isTooMuch ? null : filled;
    }

    // A fragment with the fields of those that it uses itself. One that is no map is empty here: what reads the fragments says so.
    private MapSyntax Fill(ScalarSyntax name, SyntaxNode value)
    {
        if (value is not MapSyntax fragment)
        {
            return new MapSyntax([], value.Span);
        }

        if (_path.Count >= YamlReader.MaxDepth)
        {
            _c.Diagnostics.Report(
                YamlReader.TooComplex,
                name.Span,
                $"fragments use each other more than {YamlReader.MaxDepth} levels deep"
            );
            return fragment;
        }

        _c.Diagnostics.Explain(fragment.Span, new RelatedSpan(name.Span, "used here"));
        _path.Push(name.Value);
        MapSyntax filled = Filled(fragment);
        _path.Pop();
        return filled;
    }

    private void ReportUnknown(ScalarSyntax name)
    {
        string[] near = [.. Spelling.AllNearest(name.Value, _fragments.Keys)];
        _c.Diagnostics.Report(
            FragmentRules.Unknown,
            name.Span,
            $"there is no fragment '{name.Value}'",
            near is [var only] ? Advice.Replace(name.Span, only, $"did you mean '{only}'?")
                : _fragments.Count > 0 ? new Advice("expected one of " + string.Join(", ", _fragments.Keys))
                : new Advice($"write 'fragments: {{ {name.Value}: {{ ... }} }}' at the root of the spec")
        );
    }
}
