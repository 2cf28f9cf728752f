using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx;

/// <summary>What nginx does whatever the spec says.</summary>
internal static class NginxNotes
{
    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(
            VersionRange.All,
            "headers that the Connection header names are passed on; X-Forwarded-* can't be removed that way"
        ),
        new ProgramNote(VersionRange.All, "a response without a status line is taken for HTTP/0.9 and passed on, instead of 502"),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(1, 23)),
            "a response's Content-Length that is no number counts as none, and of two the first counts, instead of 502"
        ),
        new ProgramNote(
            VersionRange.All,
            "an unasked 101 of an upstream is passed on, instead of 502, and the connection is forwarded both ways until one end closes it"
        ),
        new ProgramNote(VersionRange.All, "a request that can't be parsed gets 400 or 414 with nginx's own page"),
        new ProgramNote(VersionRange.All, "a URL as the target gets 400 where it has a query and no path"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 29, 3)), "CONNECT gets 405 instead of 400"),
        new ProgramNote(VersionRange.All, "fields whose names have more than letters, digits, '-' and '_' are dropped from requests"),
        new ProgramNote(VersionRange.All, "a body that an upstream cuts off ends like a complete one for clients of HTTP/1.0"),
        new ProgramNote(VersionRange.All, "a body that ends with the upstream's connection is taken for complete where that is reset"),
        new ProgramNote(VersionRange.All, "control characters in the value of a request field are passed on"),
        new ProgramNote(
            VersionRange.All,
            "where routes of a site have different guards, a path that is percent-encoded twice, or isn't UTF-8, gets 400 whatever it "
                + "leads to"
        ),
        new ProgramNote(VersionRange.All, "Date is the time at which nginx sends the response, not the upstream's"),
        new ProgramNote(VersionRange.All, "what a client still uploads when the response has begun is not sent on"),
        new ProgramNote(VersionRange.All, "a response with `Cache-Control: no-transform` is compressed like any other"),
        new ProgramNote(new VersionRange(Until: new TargetVersion(1, 27, 2)), "trailers are dropped, of requests and of responses"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 27, 2)), "trailers of a request are dropped"),
        new ProgramNote(VersionRange.All, "over HTTP/2 a request with trailers ends the client's connection without a response"),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(1, 29)),
            "an interim response (103) of an upstream is taken for the final one: over HTTP/2 the request ends with its time-out, over "
                + "HTTP/1.1 the connection takes no other request, and a client of HTTP/1.0 gets it, too"
        ),
    ];
}
