using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Units;

namespace Confgen.Compiler.Masking;

/// <summary>
/// Finds the secrets that are written into a spec, whether or not the spec is right: fields of the language that hold one, headers with the
/// name of one, and values of a known form.
/// </summary>
/// <param name="catalogue">The language: its own words, as <c>forward_auth</c>, are no header's name.</param>
internal sealed class SecretFinder(FieldCatalogue catalogue)
{
    private static readonly HashSet<string> _secretFields = new(StringComparer.Ordinal) { "secret", "id", "password", "mac_key" };

    private readonly HashSet<string> _words = [.. catalogue.Objects.SelectMany(o => o.Fields.Select(f => f.Name))];

    /// <summary>The scalars that hold secrets, keys among them.</summary>
    public IEnumerable<ScalarSyntax> Find(SyntaxNode node)
    {
        switch (node)
        {
            case MapSyntax map:
                return map.Entries.Concat(map.Repeated).SelectMany(Find);
            case ListSyntax list:
                return list.Items.SelectMany(Find);
            case ScalarSyntax scalar when Secrets.HasToken(scalar.Value) || Secrets.HasHash(scalar.Value):
                return [scalar];
            case ScalarSyntax scalar when Secrets.Given(scalar.Value, IsSecret) is { } given:
                return [new ScalarSyntax(given, isQuoted: true, scalar.Span)];
            default:
                return [];
        }
    }

    private IEnumerable<ScalarSyntax> Find(EntrySyntax entry)
    {
        string key = entry.Key.Value;
        return key switch
        {
            // Names of upstreams are names, whatever they say.
            "upstreams" when entry.Value is MapSyntax upstreams => upstreams.Entries.SelectMany(u =>
                Find((SyntaxNode)u.Key).Concat(Find(u.Value))
            ),

            // A name is not secret; "alice PASSWORD" without a colon is a name by mistake.
            "users" when entry.Value is MapSyntax users => users
                .Entries.SelectMany(u => Scalars(u.Value))
                .Concat(users.Entries.Select(u => AfterName(u.Key)).OfType<ScalarSyntax>()),

            // Whatever is not a field of it may be meant as users.
            "basic_auth" when entry.Value is MapSyntax auth => auth.Entries.SelectMany(e =>
                BasicAuthFields.Schema.Find(e.Key.Value) is not null ? Find(e) : Scalars(e.Value)
            ),
            "basic_auth" when entry.Value is not ScalarSyntax { Value: "off" } => Scalars(entry.Value),

            // A list instead of a map of headers.
            "set"
            or "add"
                when entry.Value is ListSyntax list
                    && Scalars(list).ToArray() is var items
                    && items.Any(i => Secrets.IsSecretName(i.Value)) => items.Where(i => !Secrets.IsSecretName(i.Value)).Concat(Find(list)),
            _ when IsSecret(key) => Find((SyntaxNode)entry.Key).Concat(Scalars(entry.Value)),
            _ => Find((SyntaxNode)entry.Key).Concat(Find(entry.Value)),
        };
    }

    private static ScalarSyntax? AfterName(ScalarSyntax key) =>
        key.Value.IndexOfAny([' ', ':', '=']) is > 0 and var end && key.Value[(end + 1)..].Trim() is { Length: > 0 } rest
            ? new ScalarSyntax(rest, isQuoted: true, key.Span)
            : null;

    private bool IsSecret(string key) =>
        _secretFields.Contains(key)
        || key == "users"
        || (
            !_words.Contains(key)
            && Secrets.IsSecretName(key)
            && !key.EndsWith("ResponseHeaders", StringComparison.OrdinalIgnoreCase)
            && !key.EndsWith("response_headers", StringComparison.Ordinal)
        );

    private static IEnumerable<ScalarSyntax> Scalars(SyntaxNode node) =>
        node switch
        {
            ScalarSyntax { IsNull: false } scalar => [scalar],
            ListSyntax list => list.Items.SelectMany(Scalars),
            MapSyntax map => map.Entries.SelectMany(e => Scalars(e.Value).Prepend(e.Key)),
            _ => [],
        };
}
