using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>The fields of a request as the parameters of a script: <c>HTTP_</c> and the name (RFC 3875, section 4.1.18).</summary>
internal static class ScriptParams
{
    private const string Nothing = "\"\"";

    /// <summary>What a script gets of the client's fields.</summary>
    /// <param name="ofClient">What every upstream gets of them.</param>
    public static IReadOnlyList<HeaderGroupView> FieldsOf(IEnumerable<(string? Purpose, HeaderView[] Headers)> ofClient) =>
        [
            new HeaderGroupView(null, [new("Host", "$" + SharedVariables.ClientHost)]),
            .. ofClient.Select(static group => new HeaderGroupView(
                group.Purpose,
                group.Purpose switch
                {
                    "hop_by_hop" =>
                    [
                        new("Connection", Nothing),
                        new("Upgrade", Nothing),
                        new("Transfer-Encoding", Nothing),
                        new("Expect", Nothing),
                        .. group.Headers,
                    ],

                    // Names with underscores become the same parameters.
                    "look_alikes" => [new("Proxy", Nothing)],
                    _ => group.Headers,
                }
            )),
        ];

    /// <summary>Fields as parameters. One that comes out empty isn't sent, and the client's field neither.</summary>
    public static IReadOnlyList<HeaderGroupView> Of(IReadOnlyList<HeaderGroupView> groups) =>
        [
            .. groups.Select(static group =>
                group with
                {
                    Headers =
                    [
                        .. group
                            .Headers.Select(static header =>
                                header with
                                {
                                    Name = "HTTP_" + header.Name.ToUpperInvariant().Replace('-', '_'),
                                }
                            )
                            .DistinctBy(static header => header.Name),
                    ],
                }
            ),
        ];
}
