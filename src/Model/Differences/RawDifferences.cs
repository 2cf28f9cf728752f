using Confgen.Model.Raw;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Model.Differences;

/// <summary>What changes of the lines for single programs, of which nothing but the program says what they do.</summary>
internal static class RawDifferences
{
    public const string Consequence =
        "only the program itself says what these lines do: nothing is known of guards that they open or close";

    /// <summary>The lines of a route and of its site.</summary>
    public static AspectValue Of(Site site, Route route)
    {
        string text = Text([site.Raw, route.Raw]);
        return new(Aspect.Raw, text, text);
    }

    /// <summary>The change of those beside all sites.</summary>
    public static IEnumerable<Difference> Between(Spec old, Spec @new)
    {
        if (Text([old.Raw]) is var before && Text([@new.Raw]) is var after && before != after)
        {
            yield return new Difference
            {
                Aspect = Aspect.Raw,
                Old = before,
                New = after,
                Classes = [],
                Risk = Risk.Exposure,
                Consequence = Consequence,
                OldAt = old.Raw.At.Span,
                NewAt = @new.Raw.At.Span,
            };
        }
    }

    private static string Text(IEnumerable<RawTexts> all)
    {
        string[] texts =
        [
            .. all.SelectMany(raw => raw.Texts)
                .Select(text =>
                    $"{text.Target}: {string.Join(' ', text.Lines.Select(line => line.Text.Trim()).Where(line => line.Length > 0))}"
                ),
        ];
        return texts.Length == 0 ? "none" : string.Join("; ", texts);
    }
}
