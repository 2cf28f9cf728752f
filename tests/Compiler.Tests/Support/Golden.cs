using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Support;

/// <summary>A spec that uses every field of the language, and where each stands in it.</summary>
internal static class Golden
{
    /// <summary>The spec.</summary>
    public static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "tests/Compiler.Tests/golden.yaml"));

    /// <summary>The files that it names and that are read with it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["golden-more.yaml"] = "sites:\n  - { host: more.example.com, listen: 8081, respond: ok }\n",
        ["golden-team.yaml"] = "sites:\n  - { host: team.example.com, listen: 8081, files: /srv/team }\n",
        ["golden.htpasswd"] = "bob:$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\n",
    };

    /// <summary>Compiles the spec, or one made from it.</summary>
    public static IReadOnlyList<Diagnostic> Compile(string text) => Support.Compile.Text(text, Files).Diagnostics;

    /// <summary>Every field that is written in it, by its name in the catalogue, with its value.</summary>
    public static IReadOnlyList<(string Id, SyntaxNode Value)> Fields { get; } = Collect();

    private static List<(string Id, SyntaxNode Value)> Collect()
    {
        var found = new List<(string, SyntaxNode)>();
        SyntaxNode root = YamlReader.Read(new SourceText("spec.yaml", Text), new EnvironmentVariables(_ => null), new DiagnosticBag())!;
        Visit(root, Support.Compile.Host(Files).Binder.Schema, found);
        return found;
    }

    private static void Visit(SyntaxNode node, ObjectSchema schema, List<(string Id, SyntaxNode Value)> found)
    {
        foreach (EntrySyntax entry in node is MapSyntax map ? map.Entries : [])
        {
            if (schema.Find(entry.Key.Value) is { } field)
            {
                found.Add((field.Id, entry.Value));
                Visit(entry.Value, field.Type, found);
            }
            else if (schema.OtherKeys is { } others)
            {
                Visit(entry.Value, others.Value, found);
            }
        }

        // A site that carries its only route itself has the fields of both.
        if (schema.Name == "site" && node is MapSyntax site && site.Find("routes") is null)
        {
            Visit(node, Confgen.Compiler.Language.RouteFields.Schema, found);
        }
    }

    private static void Visit(SyntaxNode node, TypeSchema type, List<(string Id, SyntaxNode Value)> found)
    {
        switch (type)
        {
            case TypeSchema.Fields fields when node is MapSyntax:
                Visit(node, fields.Schema(), found);
                break;
            case TypeSchema.ListOf list:
                foreach (SyntaxNode item in node is ListSyntax many ? many.Items : [node])
                {
                    Visit(item, list.Element, found);
                }

                break;
            case TypeSchema.MapOf map when node is MapSyntax entries:
                foreach (EntrySyntax entry in entries.Entries)
                {
                    Visit(entry.Value, map.Value, found);
                }

                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms)
                {
                    Visit(node, form, found);
                }

                break;
            default:
                break;
        }
    }
}
