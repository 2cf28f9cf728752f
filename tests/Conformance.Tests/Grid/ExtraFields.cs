using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>The fields that the axis of extras puts into messages.</summary>
internal static class ExtraFields
{
    private static readonly Field[] _odd =
    [
        new("x-odd!#$%&'*+.^`|~9", "token characters"),
        new("x-empty", ""),
        new("x-tab", "a\tb"),
        new("x-quotes", "\"a\\\"b\", 'c'; d={e}"),
        new("x-bytes", "caf\u00c3\u00a9 \u00ff\u0080"),
        new("x-list", "a, b"),
        new("x-list", "c"),
        new("x-long", new string('v', 3000)),
    ];

    public static IReadOnlyList<Field> OfRequest(GridExtra extra) =>
        extra switch
        {
            GridExtra.LargeHead => [new("cookie", "s=" + new string('c', 16_000)), new("authorization-token", new string('t', 8000))],
            GridExtra.ManyFields => [.. Enumerable.Range(0, 150).Select(i => new Field($"x-many-{i}", $"value {i}"))],
            GridExtra.OddFields => _odd,
            _ => [],
        };

    public static IReadOnlyList<Field> OfResponse(GridExtra extra) =>
        extra switch
        {
            GridExtra.LargeHead => [new("x-large", new string('r', 3000)), new("set-cookie", "s=" + new string('c', 2500) + "; Path=/")],
            GridExtra.ManyFields =>
            [
                .. Enumerable.Range(0, 150).Select(i => new Field($"x-many-{i}", $"value {i}")),
                .. Enumerable.Range(0, 20).Select(i => new Field("set-cookie", $"c{i}=1")),
            ],
            GridExtra.OddFields => _odd,
            _ => [],
        };

    /// <summary>The trailers of both directions; the last ones must never become fields of a head.</summary>
    public static IReadOnlyList<Field> Trailers(GridExtra extra) =>
        extra == GridExtra.Trailers ? [new("x-checksum", "sum of it"), new("x-real-ip", "192.0.2.66")] : [];
}
