using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

internal static partial class RouteAspects
{
    private static string Access(AddressAccess access) =>
        access.IsOpen
            ? "every address"
            : string.Join(
                ", ",
                new[]
                {
                    access.Allow.Count > 0 ? "only " + string.Join(", ", access.Allow) : null,
                    access.Deny.Count > 0 ? "not " + string.Join(", ", access.Deny) : null,
                    access.IsEnough ? "others with credentials" : null,
                }.OfType<string>()
            );

    private static string Scripts(FastCgi fastCgi) =>
        $"scripts ({fastCgi.Split}) below {fastCgi.Root}{(fastCgi.LocalRoot is { } local ? $", here {local}" : "")}"
        + $"{(fastCgi.FrontController ? $", else {fastCgi.Index}" : "")}"
        + $"{(fastCgi.Params.Count > 0 ? ", with " + string.Join(" ", fastCgi.Params.Select(p => $"{p.Name}={p.Value}")) : "")}";

    private static string Copied(ForwardAuth forward) =>
        (forward.CopyHeaders.Count == 0 ? "" : ", copies " + string.Join(", ", forward.CopyHeaders.Select(h => h.Name)))
        + (forward.SignIn is { } signIn ? $", sends to {signIn.To?.ToString() ?? "its Location"} on 401" : "");

    private static string Cors(Cors cors) =>
        string.Join(
            ", ",
            new[]
            {
                "origins " + string.Join(" ", cors.Origins),
                "methods " + string.Join(" ", cors.Methods),
                cors.Headers.Count > 0 ? "headers " + string.Join(" ", cors.Headers) : null,
                cors.ExposeHeaders.Count > 0 ? "exposes " + string.Join(" ", cors.ExposeHeaders) : null,
                cors.Credentials ? "credentials" : null,
                cors.MaxAge is { } age ? "max age " + Durations.Format(age) : null,
            }.OfType<string>()
        );

    private static string ErrorPages(ErrorRules errors) =>
        errors.IsEmpty
            ? "none"
            : string.Join(
                ", ",
                errors.Pages.Select(p =>
                    $"{p.When} "
                    + $"{p.File ?? p.Proxy?.Name ?? "a text"}{(p.Status is { } status ? string.Create(null, $" with {status}") : "")}"
                )
            ) + (errors.Intercept.Count > 0 ? ", also the upstream's " + string.Join(", ", errors.Intercept) : "");

    // The name of an upstream is of no matter.
    private static ErrorRules WithoutNames(ErrorRules errors) =>
        errors with
        {
            Pages =
            [
                .. errors.Pages.Select(p => p with { Proxy = p.Proxy is { } proxy ? proxy with { Name = "", IsInline = false } : null }),
            ],
        };

    // The order of different names is of no matter, and neither is their case.
    private static string Key(IReadOnlyList<HeaderEdit> edits) =>
        string.Join(
            '\n',
            edits
                .Select(e => $"{e.Name.ToLowerInvariant()}{(e.Drops ? "=" : "+")}{string.Join('\0', e.Values)}")
                .Order(StringComparer.Ordinal)
        );

    private static string Text(IReadOnlyList<HeaderEdit> edits) =>
        edits.Count == 0
            ? "as they are"
            : string.Join(
                "; ",
                edits.Select(e =>
                    e.Values.Count == 0
                        ? $"without {e.Name}"
                        : string.Join("; ", e.Values.Select(v => $"{(e.Drops ? "" : "also ")}{e.Name}: {v}"))
                )
            );
}
