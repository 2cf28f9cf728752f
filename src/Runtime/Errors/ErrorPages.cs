using Confgen.Model.Routes;

namespace Confgen.Runtime.Errors;

/// <summary>Finds the page for an error.</summary>
internal static class ErrorPages
{
    /// <summary>The page for a status, one for it alone before one for its class; null where there is none.</summary>
    public static ErrorPage? Find(ErrorRules rules, int status)
    {
        ErrorPage? found = null;
        foreach (ErrorPage page in rules.Pages)
        {
            if (page.When.Matches(status) && (found is null || (page.When.IsSingle && !found.When.IsSingle)))
            {
                found = page;
            }
        }

        return found;
    }
}
