using Confgen.Compiler.Rendering;

namespace Confgen.Compiler.Tests.Rendering;

public sealed class HandlebarsTemplatesTests
{
    [Theory]
    [InlineData("{{name}}", "n")]
    [InlineData("{{two_words}}", "t")]
    [InlineData("{{#if is_set}}yes{{/if}}", "yes")]
    [InlineData("{{#if not_set}}yes{{else}}no{{/if}}", "no")]
    [InlineData("{{#each many_lines}}{{this}}{{../two_words}}{{/each}}", "atbt")]
    [InlineData("{{#with inner_view}}{{two_words}}{{/with}}", "i")]
    [InlineData("{{inner_view.two_words}}", "i")]
    [InlineData("{{> part}}", "t")]
    public void A_template_reaches_the_views_members_in_snake_case(string template, string text) => Assert.Equal(text, Render(template));

    [Theory]
    [InlineData("{{three_more_words}}")]
    [InlineData("{{#if unknown}}x{{/if}}")]
    public void A_name_that_the_view_does_not_have_is_a_fault(string template) => Assert.Throws<TemplateException>(() => Render(template));

    private static string Render(string template) =>
        new HandlebarsTemplates(name => name == "main" ? template : name == "part.hbs" ? "{{two_words}}" : null).Render("main", new View("n", "t", IsSet: true, null, ["a", "b"], new Inner("i")));

    private sealed record View(string Name, string TwoWords, bool IsSet, string? NotSet, IReadOnlyList<string> ManyLines, Inner InnerView);

    private sealed record Inner(string TwoWords);
}
