using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>A header whose value comes out empty is not sent; Caddy sends it empty.</summary>
internal static class EmptyHeaderRules
{
    /// <summary>The requests for which a value that <see cref="MayBeEmpty(TextTemplate)"/> is not empty.</summary>
    public static PresenceView PresenceOf(TextTemplate value)
    {
        TemplatePart[] parts = [.. value.Parts.Distinct()];
        return new PresenceView(
            string.Join("-or-", parts.Select(RequestValues.Word)),
            "\"" + string.Join(" || ", parts.Select(static part => RequestValues.Placeholder(part) + " != ''")) + "\""
        );
    }

    /// <summary>Those of the site.</summary>
    public static IEnumerable<PresenceView> Presences(Site site) =>
        site
            .Routes.SelectMany(route => EffectiveHeaders.Request(site, route))
            .Concat(ResponseHeaders.All(site))
            .SelectMany(static edit => edit.Values)
            .Where(MayBeEmpty)
            .Select(PresenceOf)
            .Distinct();

    /// <summary>
    /// The edits without values that are always empty, as <c>{client_ip}</c> and <c>{port}</c> are on a unix socket.
    /// </summary>
    public static IEnumerable<HeaderEdit> Of(IEnumerable<HeaderEdit> edits, bool clientsHaveAddresses)
    {
        return edits
            .Select(edit => edit.Values.Any(IsEmpty) ? edit with { Values = [.. edit.Values.Where(value => !IsEmpty(value))] } : edit)
            .Where(static edit => edit.Drops || edit.Values.Count > 0);

        bool IsEmpty(TextTemplate value) =>
            value.Parts.All(part =>
                !clientsHaveAddresses && part is { Literal: null, Placeholder: Placeholder.ClientIp or Placeholder.Port }
            );
    }

    /// <summary>Whether the value may be empty: what is made of a query, a field or a cookie alone may.</summary>
    public static bool MayBeEmpty(TextTemplate value) =>
        value.Parts.Count > 0 && value.Parts.All(static part => part.Literal is null && RequestValues.Placeholder(part) is not null);

    /// <summary>Whether one of the values may be empty.</summary>
    public static bool MayBeEmpty(HeaderEdit edit) => edit.Values.Any(MayBeEmpty);

    /// <summary>Whether a header of the route's requests may.</summary>
    public static bool MayBeEmptyInRequests(Site site, Route route) => EffectiveHeaders.Request(site, route).Any(MayBeEmpty);
}
