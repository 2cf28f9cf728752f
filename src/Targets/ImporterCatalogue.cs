using Confgen.Model.Catalogues;
using Confgen.Targets.Importing;

namespace Confgen.Targets;

/// <summary>The programs whose configuration can be read as a spec, found by their type.</summary>
public static partial class ImporterCatalogue
{
    private static readonly Lazy<IReadOnlyList<IImporter>> _all = new(() => [.. Create().OrderBy(i => i.Name, StringComparer.Ordinal)]);

    /// <summary>Every importer, by name.</summary>
    public static IReadOnlyList<IImporter> All => _all.Value;

    [EachType]
    private static partial IImporter[] Create();
}
