using Confgen.Tests.Slots;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>The generators of hostile values, files and secrets know every field of the language that takes a text.</summary>
public sealed class SlotsAreCompleteTests
{
    [Fact]
    public void Every_field_that_takes_a_text_has_a_slot()
    {
        string[] missing = [.. SlotCorpus.TextFields(HostileSpecs.Host.Catalogue).Except(HostileSpecs.Slots.Select(s => s.Field))];
        Assert.True(missing.Length == 0, "write a conformance case or a snapshot that uses these fields: " + string.Join(", ", missing));
    }
}
