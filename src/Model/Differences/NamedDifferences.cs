using Confgen.Model.Sources;

namespace Confgen.Model.Differences;

/// <summary>What changes in definitions that have names, and that no request shows.</summary>
/// <typeparam name="T">The definition.</typeparam>
/// <param name="Aspect">What they are.</param>
/// <param name="Name">The name of one.</param>
/// <param name="Text">What one says.</param>
/// <param name="New">What follows from one that is new, by its name.</param>
/// <param name="Gone">What follows where one is gone, by its name.</param>
/// <param name="Changed">What follows from a change.</param>
internal sealed record NamedDifferences<T>(
    Aspect Aspect,
    Func<T, string> Name,
    Func<T, string> Text,
    Func<string, (Risk Risk, string Text)> New,
    Func<string, (Risk Risk, string Text)> Gone,
    Func<T, T, (Risk Risk, string Text)> Changed
)
    where T : SpecNode
{
    /// <summary>Those that come, go or change.</summary>
    public IEnumerable<Difference> Of(ValueList<T> old, ValueList<T> @new)
    {
        foreach (string name in old.Concat(@new).Select(Name).Distinct(StringComparer.Ordinal))
        {
            (T? was, T? now) = (old.FirstOrDefault(each => Name(each) == name), @new.FirstOrDefault(each => Name(each) == name));
            if (was == now)
            {
                continue;
            }

            (Risk risk, string consequence) =
                was is null ? New(name)
                : now is null ? Gone(name)
                : Changed(was, now);
            yield return new Difference
            {
                Aspect = Aspect,
                Old = was is null ? "none" : Text(was),
                New = now is null ? "none" : Text(now),
                Risk = risk,
                Consequence = consequence,
                OldAt = was?.At.Span ?? SourceSpan.None,
                NewAt = now?.At.Span ?? SourceSpan.None,
            };
        }
    }
}
