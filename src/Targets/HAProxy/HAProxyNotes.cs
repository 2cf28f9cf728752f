using Confgen.Compiler.Rendering;

namespace Confgen.Targets.HAProxy;

/// <summary>What HAProxy does whatever the spec says.</summary>
internal static class HAProxyNotes
{
    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(
            VersionRange.All,
            "headers that the Connection header names are passed on; X-Forwarded-* can't be removed that way"
        ),
        new ProgramNote(
            VersionRange.All,
            "a request that can't be parsed, or whose head is longer than a buffer, gets 400 with HAProxy's page"
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
            VersionRange.All,
            "POST, PUT and PATCH without a body that come over HTTP/2 reach the server without a Content-Length"
        ),
        new ProgramNote(
            VersionRange.All,
            "X-Forwarded-For is read for five trusted proxies in a row, and its lines are joined where there are three at most"
        ),
        new ProgramNote(
            VersionRange.All,
            "where routes of a site have different guards, a path that is percent-encoded twice, or isn't UTF-8, gets 400 whatever it "
                + "leads to"
        ),
        new ProgramNote(VersionRange.All, "a NUL in a field of a response is passed on"),
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
        new ProgramNote(
            new VersionRange(Since: new TargetVersion(2, 7)),
            "3.2 was seen to leave Content-Length out of POST, PUT and PATCH without a body, and to hide `Upgrade: h2c` from match"
        ),
    ];
}
