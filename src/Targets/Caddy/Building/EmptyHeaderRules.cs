using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Targets.Caddy.Building;

/// <summary>A header whose value comes out empty is not sent; Caddy sends it empty.</summary>
internal static class EmptyHeaderRules
{
    /// <summary>The matcher of requests that have a query.</summary>
    public const string HasQuery = "@has-query";

    /// <summary>The edits without values that are always empty, as <c>{client_ip}</c> is where clients have no address.</summary>
    public static IEnumerable<HeaderEdit> Of(IEnumerable<HeaderEdit> edits, bool clientsHaveAddresses)
    {
        return edits
            .Select(edit => edit.Values.Any(IsEmpty) ? edit with { Values = [.. edit.Values.Where(value => !IsEmpty(value))] } : edit)
            .Where(static edit => edit.Drops || edit.Values.Count > 0);

        bool IsEmpty(TextTemplate value) =>
            value.Parts.All(part => !clientsHaveAddresses && part is { Literal: null, Placeholder: Placeholder.ClientIp });
    }

    /// <summary>Whether the value may be empty: only a query may.</summary>
    public static bool MayBeEmpty(TextTemplate value) =>
        value.Parts.Count > 0 && value.Parts.All(static part => part is { Literal: null, Placeholder: Placeholder.Query });

    /// <summary>Whether one of the values may be empty.</summary>
    public static bool MayBeEmpty(HeaderEdit edit) => edit.Values.Any(MayBeEmpty);

    /// <summary>Whether a header of the route's requests may.</summary>
    public static bool MayBeEmptyInRequests(Site site, Route route) => EffectiveHeaders.Request(site, route).Any(MayBeEmpty);

    /// <summary>Whether a header of the site's requests or responses may.</summary>
    public static bool MayBeEmpty(Site site) =>
        site.Routes.Any(route => MayBeEmptyInRequests(site, route)) || ResponseHeaders.All(site).Any(MayBeEmpty);
}
