using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Compiler.Tests.Rendering;

public sealed class ScribanTemplatesTests
{
    private static readonly TestView View = new(
        "n",
        "t",
        IsSet: true,
        Missing: null,
        ["a", "b"],
        [],
        new InnerView("i", [new InnerView("x", []), new InnerView("y", [])])
    );

    [Theory]
    [InlineData("{{ name }}", "n")]
    [InlineData("{{ two_words }}", "t")]
    [InlineData("{{ if is_set }}yes{{ end }}", "yes")]
    [InlineData("{{ if missing }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ missing }}", "")]
    [InlineData("{{ for line in many_lines }}{{ line }}{{ two_words }}{{ end }}", "atbt")]
    [InlineData("{{ if no_lines }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if !no_lines }}none{{ end }}", "none")]
    [InlineData("{{ if many_lines && is_set }}both{{ end }}", "both")]
    [InlineData("{{ inner_view.two_words }}", "i")]
    [InlineData("{{ for v in inner_view.views }}{{ v.two_words }}{{ end }}", "xy")]
    public void A_template_reaches_the_views_members_in_snake_case(string template, string text) => Assert.Equal(text, Render(template));

    [Theory]
    [InlineData("{{ include 'part' }}", "t")]
    [InlineData("{{ include 'part' inner_view }}{{ two_words }}", "it")]
    [InlineData("{{ for v in inner_view.views }}{{ include 'part' v }}{{ two_words }};{{ end }}", "xt;yt;")]
    [InlineData("  {{ include 'lines' }}", "  'a\nb'")]
    public void Another_template_is_included_with_this_view_or_another_one(string template, string text) =>
        Assert.Equal(text, Render(template));

    [Theory]
    [InlineData("{{ is_set }}\n {{ two_wrods }}", "main.scriban:2:5", "unknown name 'two_wrods': did you mean 'two_words'?")]
    [InlineData(
        "{{ other }}",
        "main.scriban:1:4",
        "unknown name 'other': expected one of inner_view, is_set, many_lines, missing, name, no_lines, two_words"
    )]
    [InlineData("{{ if unknown }}x{{ end }}", "main.scriban:1:7", "unknown name 'unknown': ")]
    [InlineData("{{ inner_view.is_set }}", "main.scriban:1:15", "unknown name 'is_set': expected one of two_words, views")]
    [InlineData(
        "{{ for v in inner_view.views }}\n{{ v.nothing }}{{ end }}",
        "main.scriban:2:6",
        "unknown name 'nothing': expected one of two_words, views"
    )]
    [InlineData("{{ missing.two_words }}", "main.scriban:1:12", "null")]
    [InlineData("\n{{ include 'faulty' }}", "faulty.scriban:2:4", "unknown name 'nothing'")]
    [InlineData("{{ include 'faulty' inner_view }}", "faulty.scriban:2:4", "unknown name 'nothing': expected one of two_words, views")]
    [InlineData(
        "{{ include 'part' inner_view }}{{ include 'hidden' inner_view }}",
        "hidden.scriban:1:4",
        "unknown name 'is_set': expected one of two_words, views"
    )]
    [InlineData("{{ include 'broken' }}", "broken.scriban:1:7", "Expecting")]
    [InlineData("\n {{ include 'none' }}", "main.scriban:2:5", "there is no template 'none.scriban'")]
    [InlineData("{{ include 'part' two_words }}", "main.scriban:1:4", "'include' expects")]
    [InlineData("{{ include 'part' missing }}", "main.scriban:1:4", "this is null")]
    [InlineData("{{ include 'itself' }}", "itself.scriban:1:4", "'itself.scriban' is included within itself")]
    [InlineData("{{ if name }}", "main.scriban:1:", "")]
    [InlineData("{{ name = 'x' }}", "main.scriban:1:4", "readonly")]
    public void A_fault_is_reported_at_its_place(string template, string place, string message)
    {
        TemplateException fault = Assert.Throws<TemplateException>(() => Render(template));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(place, fault.Span.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_and_a_long_text_are_rendered_whole()
    {
        var view = View with { TwoWords = new string('x', 2_000_000), ManyLines = [.. Enumerable.Repeat("line", 100_000)] };
        Assert.Equal(2_400_000, Render("{{ two_words }}{{ for line in many_lines }}{{ line }}{{ end }}", view).Length);
    }

    private static string Render(string template, TestView? view = null) =>
        new ScribanTemplates(name =>
            name switch
            {
                "main.scriban" => template,
                "part.scriban" => "{{ two_words }}",
                "lines.scriban" => "'a\nb'",
                "hidden.scriban" => "{{ is_set }}",
                "faulty.scriban" => "a\n{{ nothing }}",
                "broken.scriban" => "{{ if }}",
                "itself.scriban" => "{{ include 'itself' }}",
                _ => null,
            }
        ).Render("main.scriban", view ?? View);
}

[TemplateView]
internal sealed partial record TestView(
    string Name,
    string TwoWords,
    bool IsSet,
    string? Missing,
    IReadOnlyList<string> ManyLines,
    IReadOnlyList<string> NoLines,
    InnerView InnerView
);

[TemplateView]
internal sealed partial record InnerView(string TwoWords, IReadOnlyList<InnerView> Views);
