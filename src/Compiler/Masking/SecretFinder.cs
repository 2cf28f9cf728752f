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
    private static readonly HashSet<string> _secretFields = new(StringComparer.Ordinal) { "secret", "id", "password" };

    private readonly HashSet<string> _words = [.. catalogue.Objects.SelectMany(o => o.Fields.Select(f => f.Name))];

    /// <summary>The scalars that hold secrets.</summary>
    public IEnumerable<ScalarSyntax> Find(SyntaxNode node)
    {
        switch (node)
        {
            case MapSyntax map:
                foreach (EntrySyntax entry in map.Entries)
                {
                    foreach (ScalarSyntax found in IsSecret(entry.Key.Value) ? Scalars(entry.Value) : Find(entry.Value))
                    {
                        yield return found;
                    }
                }

                break;
            case ListSyntax list:
                foreach (ScalarSyntax found in list.Items.SelectMany(Find))
                {
                    yield return found;
                }

                break;
            case ScalarSyntax scalar when Secrets.HasToken(scalar.Value) || Secrets.HasHash(scalar.Value):
                yield return scalar;
                break;
        }
    }

    private bool IsSecret(string key) => _secretFields.Contains(key) || key == "users" || (!_words.Contains(key) && Secrets.IsSecretName(key));

    private static IEnumerable<ScalarSyntax> Scalars(SyntaxNode node) => node switch
    {
        ScalarSyntax { IsNull: false } scalar => [scalar],
        ListSyntax list => list.Items.SelectMany(Scalars),
        MapSyntax map => map.Entries.SelectMany(e => Scalars(e.Value)),
        _ => [],
    };
}
