using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Fragments;

/// <summary>Checks the keys of a fragment, whether or not anything uses it; its values are checked where they are used.</summary>
internal static class FragmentReader
{
    private static readonly ObjectSchema[] _users = [SiteFields.Schema, RouteFields.Schema, UpstreamFields.Schema];

    public static void Check(BindingContext c, SyntaxNode node)
    {
        switch (node)
        {
            case ScalarSyntax { IsUnresolved: true }:
                break;
            case MapSyntax map:
                foreach (ScalarSyntax key in map.Entries.Select(static entry => entry.Key))
                {
                    if (!Array.Exists(_users, schema => schema.Find(key.Value) is not null || schema.Ignores(key.Value)))
                    {
                        IEnumerable<string> names = _users.SelectMany(static schema => schema.Fields).Select(static field => field.Name);
                        c.Diagnostics.Report(
                            ValueRules.UnknownKey,
                            key.Span,
                            $"unknown key '{key.Value}'",
                            Spelling.AllNearest(key.Value, names.Distinct(StringComparer.Ordinal)) is [var near]
                                ? Advice.Replace(key.Span, near, $"did you mean '{near}'?")
                                : new Advice("a fragment has fields of a site, a route or an upstream")
                        );
                    }
                }

                break;
            default:
                c.Diagnostics.Report(
                    ValueRules.WrongType,
                    node.Span,
                    $"expected a map, found {node.Kind}",
                    "a fragment has fields of a site, a route or an upstream"
                );
                break;
        }
    }
}
