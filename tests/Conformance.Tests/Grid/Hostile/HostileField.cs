using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Hostile;

/// <summary>A part of a request that no honest client sends.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The field's name; that of a pseudo-field, as <c>:path</c>; empty in a method.</param>
/// <param name="Value">Its value.</param>
internal sealed record HostileField(HostilePlace Place, string Name, string Value)
{
    /// <summary>The name of the one field that an honest client sends: the request with it must pass.</summary>
    public const string HonestName = "x-honest";

    /// <summary>What a smuggled request would look like.</summary>
    public const string Smuggled = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";

    // Each byte that ends a line, a name or a text somewhere, and look-alikes.
    private static readonly string[] _bytes = ["\r", "\n", "\r\n", "\0", "\u0001", "\u001f", "\u007f", "\u0085", "\u00a0", "\u00c4\u008a"];

    private static readonly (string Name, string Value)[] _framing =
    [
        ("transfer-encoding", "chunked"),
        ("Transfer_Encoding", "chunked"),
        ("transfer-encoding\u00a0", "chunked"),
        ("content-length", "5"),
        ("content_length", "5"),
        ("Content-Length ", "5"),
        ("content-length", "+5"),
        ("content-length", "5,5"),
        ("content-length", ""),
        ("content-length", "0x5"),
        ("content-length", "99999999999999999999"),
        ("host", "b.test"),
        ("connection", "x-checked"),
        ("upgrade", "h2c"),
        ("te", "gzip"),
        ("keep-alive", "x"),
        ("proxy-connection", "keep-alive"),
        ("http2-settings", "AAAA"),
        ("proxy", "http://127.0.0.1"),
        ("x_real_ip", "192.0.2.1"),
        ("x-real-ip", "192.0.2.1"),
        ("expect", "200-ok"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileField> All { get; } =
    [
        .. from place in (HostilePlace[])[HostilePlace.Head, HostilePlace.Trailers]
        from field in (HostileField[])
            [
                new(place, HonestName, "v"),
                .. _bytes.Select(b => new HostileField(place, "x-value", $"a{b}x-injected: 1")),
                new(place, "x-value", $"a{Smuggled}"),
                .. _bytes.Select(b => new HostileField(place, $"x{b}name", "v")),
                new(place, $"x-name: v{Smuggled}y", "v"),
                new(place, "", "v"),
                new(place, " x-blank", "v"),
                new(place, "x-blank ", "v"),
                new(place, "x blank", "v"),
                new(place, "x:colon", "v"),
                new(place, "x(paren)", "v"),
                .. _framing.Select(f => new HostileField(place, f.Name, f.Value)),
            ]
        select field,
        .. from name in (string[])[":path", ":method", ":authority", ":scheme", ":status", ":protocol", ":unknown"]
        from text in (string[])[.. _bytes.Select(b => $"/x{b}y"), $"/x HTTP/1.1{Smuggled}", "", " ", "/a b"]
        select new HostileField(HostilePlace.Pseudo, name, text),
    ];

    public override string ToString() => $"{Place} {Bytes.Show(Name)}: {Bytes.Show(Value)}";
}
