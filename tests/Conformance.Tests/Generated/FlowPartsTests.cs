namespace Confgen.Conformance.Tests.Generated;

public sealed class FlowPartsTests
{
    [Fact]
    public void A_line_loses_each_part_that_stands_beside_others()
    {
        Assert.Equal(
            [
                """headers: { remove: [B, C] }""",
                """headers: { set: { A: "}, \"x" } }""",
                """headers: { set: { A: "}, \"x" }, remove: [C] }""",
                """headers: { set: { A: "}, \"x" }, remove: [B] }""",
            ],
            FlowParts.Without("""headers: { set: { A: "}, \"x" }, remove: [B, C] }""")
        );
    }

    [Theory]
    [InlineData("strip_prefix: true")]
    [InlineData("allow: [127.0.0.1]")]
    [InlineData("redirect: \"{, [\"")]
    public void A_line_with_one_part_is_as_small_as_it_can_be(string line) => Assert.Empty(FlowParts.Without(line));
}
