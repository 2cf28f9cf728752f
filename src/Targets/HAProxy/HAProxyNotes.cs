using Confgen.Compiler.Rendering;

namespace Confgen.Targets.HAProxy;

/// <summary>What HAProxy does whatever the spec says.</summary>
internal static class HAProxyNotes
{
    /// <summary>What rules say of a request's length doesn't count any more from here on.</summary>
    public static readonly TargetVersion LengthsKept = new(2, 9);

    /// <summary>A head that is longer than a buffer gets a status of its own from here on.</summary>
    public static readonly TargetVersion LongHeads = new(3, 1);

    private static readonly TargetVersion _h2cDropped = new(3, 1);

    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(
            VersionRange.All,
            "headers that the Connection header names are passed on; X-Forwarded-* can't be removed that way"
        ),
        new ProgramNote(VersionRange.All, "a request that can't be parsed gets 400 with HAProxy's page"),
        new ProgramNote(new VersionRange(Until: LongHeads), "a request whose head is longer than a buffer gets 400 with HAProxy's page"),
        new ProgramNote(
            new VersionRange(Since: LongHeads),
            "a request whose head is longer than a buffer gets 431, or 414, with HAProxy's page"
        ),
        new ProgramNote(VersionRange.All, "plain HTTP on a port with TLS ends the connection without a response"),
        new ProgramNote(VersionRange.All, "bytes of a target that RFC 3986 doesn't allow, as raw UTF-8, get 400"),
        new ProgramNote(VersionRange.All, "several blanks in a request line count as one, and two Host headers that say the same as one"),
        new ProgramNote(VersionRange.All, "a URL as the target gets 400 where its host isn't that of the Host header"),
        new ProgramNote(VersionRange.All, "the port is cut off Host where it is the scheme's own, as `:80` of `a.example.com:80`"),
        new ProgramNote(VersionRange.All, "an upgrade to WebSocket without Sec-WebSocket-Key gets 400"),
        new ProgramNote(VersionRange.All, "names of fields reach servers and clients of HTTP/1.1 in lower case, those of trailers, too"),
        new ProgramNote(
            VersionRange.All,
            "a request of HTTP/1.0 reaches the server as one of HTTP/1.0, and its client gets interim responses (103)"
        ),
        new ProgramNote(VersionRange.All, "plain listeners also take HTTP/2 by prior knowledge"),
        new ProgramNote(
            new VersionRange(Until: LengthsKept),
            "POST, PUT and PATCH without a body that come over HTTP/2 reach the server without a Content-Length"
        ),
        new ProgramNote(
            new VersionRange(Since: LengthsKept),
            "POST, PUT and PATCH that come without a body and without a length reach the server without a Content-Length"
        ),
        new ProgramNote(new VersionRange(Since: _h2cDropped), "match finds no `Upgrade` of `h2c`, which HAProxy drops first"),
        new ProgramNote(
            VersionRange.All,
            "X-Forwarded-For is read for five trusted proxies in a row, and its lines are joined where there are three at most"
        ),
        new ProgramNote(
            VersionRange.All,
            "where routes of a site have different guards, a path that is percent-encoded twice, or isn't UTF-8, gets 400 whatever it "
                + "leads to"
        ),
        new ProgramNote(new VersionRange(Until: new TargetVersion(3, 0)), "a NUL in a field of a response is passed on"),
        new ProgramNote(
            VersionRange.All,
            "where a server reads nothing of an upload, the connection is closed after timeouts.read without a response"
        ),
        new ProgramNote(VersionRange.All, "trailers of a request are passed on as they are, whatever their names and values"),
        new ProgramNote(VersionRange.All, "a content-length of HTTP/2 that isn't the body's ends a request that has reached the server"),
        new ProgramNote(
            VersionRange.All,
            "a body that a server cuts off looks complete to clients of HTTP/1.0, and to all where it ends with the connection"
        ),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(3, 2)),
            "on a busy machine a body that a server cuts off can look complete to clients of HTTP/2: run 3.2",
            LosesData: true
        ),
        new ProgramNote(VersionRange.All, "to clients of HTTP/1.0 a body is sent in chunks where the server sends it so"),
    ];
}
