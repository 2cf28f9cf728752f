using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>The statuses of an upstream that get a page: all that have one, because nginx takes them for its own.</summary>
internal static class InterceptedErrors
{
    /// <summary>
    /// The pages. Only what is intercepted may have one here: nginx would replace every status of the upstream that does.
    /// </summary>
    public static IReadOnlyList<ErrorPageView> Of(ErrorRules errors, ErrorProfile profile)
    {
        var statuses = new SortedSet<int>();
        foreach (StatusPattern pattern in errors.Intercept)
        {
            // nginx has pages for 300 to 599, and none for 499.
            statuses.UnionWith(
                Enumerable
                    .Range(Math.Max(300, pattern.First), Math.Max(0, pattern.Last - Math.Max(300, pattern.First) + 1))
                    .Where(status => status != 499)
            );
        }

        foreach (ErrorPage page in errors.Pages)
        {
            statuses.UnionWith(new[] { 502, 503, 504 }.Where(page.When.Matches));
        }

        return ErrorProfiles.Grouped(statuses.ToDictionary(status => status, status => PageOf(status, profile)), statuses);
    }

    private static ErrorPageView PageOf(int status, ErrorProfile profile)
    {
        ErrorPageView page = profile.PageOf(status) ?? new ErrorPageView([status], "@" + SharedVariables.Empty);

        // nginx takes 494 to 497 for errors of its own, which it would make 400 of.
        return status is >= 494 and <= 497 && !page.TakesStatus ? page with { TakesStatus = true, Status = status } : page;
    }
}
