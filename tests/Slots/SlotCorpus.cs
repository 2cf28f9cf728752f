using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;

namespace Confgen.Tests.Slots;

/// <summary>The slots of the project's own specs: the examples, the cases on real programs, the snapshots.</summary>
internal static class SlotCorpus
{
    private const int LongestSpec = 8000;

    private static readonly string[] _folders = ["examples", "tests/Conformance.Tests/cases", "tests/snapshots"];
    private static readonly string[] _names = ["spec.yaml", "confgen.yaml", "config.yaml"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Slot> Of(FieldCatalogue catalogue, string repository) =>
        [
            .. from folder in _folders
            from file in Directory
                .GetFiles(Path.Combine(repository, folder), "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
            where _names.Contains(Path.GetFileName(file))
            let text = File.ReadAllText(file)
            where text.Length <= LongestSpec
            from slot in SlotFinder.Find(catalogue, file, text)
            select slot,
        ];

    /// <summary>Whether a field's text is no value but a part of a configuration: it is meant to be more than a word there.</summary>
    public static bool IsConfiguration(string field) => field.StartsWith(RawFields.Schema.Name + ".", StringComparison.Ordinal);

    /// <summary>What a case's variable stands for.</summary>
    public static string? Variable(string name) =>
        name switch
        {
            "HTTP" => "18080",
            "HTTPS" => "18443",
            "DIR" => "/srv/case",
            _ when name.Contains("SECRET") || name.Contains("TOKEN") => "a-secret-that-is-long-enough-for-all",
            _ when name.All(c => char.IsAsciiLetterUpper(c) || c is '_' || char.IsAsciiDigit(c)) => (
                20000 + (name.Aggregate(7, (sum, c) => (sum * 31) + c) & 0xFFF)
            ).ToString(null, null),
            _ => null,
        };

    /// <summary>
    /// The fields of the language that take a text of some kind, with the keys of their maps: for each of them there must be a slot.
    /// </summary>
    public static IReadOnlyCollection<string> TextFields(FieldCatalogue catalogue)
    {
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ObjectSchema map in catalogue.Objects)
        {
            foreach (Field field in map.Fields)
            {
                foreach (string suffix in IsConfiguration(field.Id) ? [] : Suffixes(field.Type))
                {
                    fields.Add(field.Id + suffix);
                }
            }
        }

        return fields;
    }

    private static IEnumerable<string> Suffixes(TypeSchema type) =>
        type switch
        {
            TypeSchema.Scalar scalar
                when scalar != TypeSchema.Integer
                    && scalar != TypeSchema.Boolean
                    && scalar != TypeSchema.Duration
                    && scalar != TypeSchema.Size
                    && scalar != TypeSchema.Status => [""],
            TypeSchema.ListOf list => Suffixes(list.Element),
            TypeSchema.MapOf map => Suffixes(map.Value).Append(" key"),
            TypeSchema.AnyOf any => any.Forms.SelectMany(Suffixes),
            _ => [],
        };
}
