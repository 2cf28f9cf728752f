using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Tests;

/// <summary>Nothing of the language is forgotten by a target: each declares what it does with every field.</summary>
public sealed class CapabilityTests
{
    private static readonly CompilerHost Host = new(
        TargetCatalogue.All,
        new ScribanTemplates(EmbeddedTemplates.Find),
        new DiskFileSystem(),
        _ => null
    );

    public static TheoryData<string> Targets => [.. TargetCatalogue.All.Select(t => t.Name)];

    private static IEnumerable<string> LanguageFields =>
        Host.Catalogue.Ids.Where(id => !id.StartsWith("targets.", StringComparison.Ordinal));

    private static IEnumerable<Capability> EntriesOf(string target)
    {
        CapabilityTable table = Named(target).Capabilities;
        return table.Fields.SelectMany(table.Of);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_field_is_declared(string target) =>
        Assert.DoesNotContain(LanguageFields, f => Named(target).Capabilities.Of(f).Count == 0);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_declared_field_exists(string target) => Assert.Empty(Named(target).Capabilities.Fields.Except(LanguageFields));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_version_has_an_entry_for_every_field_that_holds_for_all_other_values(string target)
    {
        ITarget one = Named(target);
        IEnumerable<TargetVersion> versions = one.Versions.Count > 0 ? one.Versions : [one.DefaultVersion];
        string[] missing =
        [
            .. from field in one.Capabilities.Fields
            from version in versions
            where !one.Capabilities.Of(field).Any(c => c.Condition is null && c.When is null && c.Versions.Contains(version))
            select $"{field} in {version}",
        ];
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_differs_and_the_nearest_thing_are_said(string target) =>
        Assert.Empty(
            EntriesOf(target)
                .Where(c => c.Support is Support.Approximate or Support.Unsupported && c.Note.Trim().Length == 0)
                .Select(c => c.Field)
        );

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_predicate_says_in_words_what_it_picks(string target) =>
        Assert.Empty(EntriesOf(target).Where(c => c.When is not null && string.IsNullOrWhiteSpace(c.Condition)).Select(c => c.Field));

    private static ITarget Named(string name) => TargetCatalogue.All.Single(t => t.Name == name);
}
