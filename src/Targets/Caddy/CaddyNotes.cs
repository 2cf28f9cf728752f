using Confgen.Compiler.Rendering;
using static Confgen.Targets.Caddy.CaddyDifferences;

namespace Confgen.Targets.Caddy;

/// <summary>What Caddy does whatever the spec says.</summary>
internal static class CaddyNotes
{
    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(2, 7, 6)),
            "a response that the upstream cuts off in the middle of a chunked body looks complete to the client; fixed in 2.7.6",
            LosesData: true
        ),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(2, 11, 2)),
            "a request with a body can't be tried on another server: it fails with 502; fixed in 2.11.2",
            LosesData: true
        ),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(2, 11, 4)),
            "a request with a body can't be handed to an error's upstream: it fails with 502; fixed in 2.11.4",
            LosesData: true
        ),
        new ProgramNote(VersionRange.All, "OPTIONS * gets 200"),
        new ProgramNote(
            VersionRange.All,
            "bytes that RFC 3986 doesn't allow in a path are percent-encoded on their way to the upstream, and the path's other "
                + "escapes with them"
        ),
        new ProgramNote(
            new VersionRange(Since: new TargetVersion(2, 7, 6)),
            "of a response that the upstream cuts off the last bytes may be lost, and with a short one all of it"
        ),
        new ProgramNote(VersionRange.All, "a 101 of an upstream that nobody asked for becomes an empty 200, instead of 502"),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(2, 7)),
            "a NUL in a field of a response passes, instead of 502; fixed by the Go that 2.7 is built with"
        ),
        new ProgramNote(
            VersionRange.All,
            "where routes of a site have different guards, a path that is percent-encoded twice, or has overlong UTF-8, gets 400 "
                + "whatever it leads to"
        ),
        new ProgramNote(VersionRange.All, "a host that ends in a dot matches no site: it gets 404"),
        new ProgramNote(
            VersionRange.All,
            "a response without a Content-Type gets the one that its first bytes look like, from 2.8 on only where its upstream has "
                + "`buffers`"
        ),
        new ProgramNote(VersionRange.All, "trailers of a request are dropped; where they are malformed, it may end with 502"),
        new ProgramNote(VersionRange.All, "an interim response (103) of an upstream is sent to clients of HTTP/1.0, too"),
        new ProgramNote(
            new VersionRange(Since: NewMatchers),
            "where every address in X-Forwarded-For is a trusted proxy's, too, the client is the peer instead of the left-most of "
                + "them: `allow` and `deny` look at that"
        ),
        new ProgramNote(
            new VersionRange(Since: NewMatchers),
            "an entry of a trusted proxy's X-Forwarded-For that isn't an address, as `unknown`, is skipped: the client is the entry "
                + "before it, which the client itself may have sent"
        ),
        new ProgramNote(
            new VersionRange(Since: new TargetVersion(2, 8)),
            "a listing of a directory has `Vary: Accept, Accept-Encoding`, because Caddy has one in JSON, too"
        ),
        new ProgramNote(new VersionRange(Since: new TargetVersion(2, 10)), "several lines of Via are sent on as one"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(2, 11, 4)), "headers whose names have an underscore are dropped"),
    ];
}
