using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Apache;

/// <summary>What httpd does whatever the spec says.</summary>
internal static class ApacheNotes
{
    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(VersionRange.All, "a request that can't be parsed, or has two Host fields, gets 400 with httpd's page"),
        new ProgramNote(VersionRange.All, "an encoded NUL in a path gets 404"),
        new ProgramNote(
            VersionRange.All,
            "lines of one name in a request reach the server as one line, joined by a comma, those of Cookie, too"
        ),
        new ProgramNote(VersionRange.All, "trailers of requests and of responses are dropped"),
        new ProgramNote(VersionRange.All, "a response that starts an upgrade (101) has none of the fields that header rules write"),
        new ProgramNote(
            VersionRange.All,
            "a response without a status line is passed on as one of HTTP/0.9, and of two Content-Length fields the first one counts"
        ),
        new ProgramNote(
            VersionRange.All,
            "when the client leaves, the server's exchange is ended once httpd has something to send to the client"
        ),
        new ProgramNote(VersionRange.All, "while a server reads nothing of an upload, the wait for it isn't ended by timeouts.send"),
        new ProgramNote(
            VersionRange.All,
            "each process keeps connections to servers of its own, and a kept one is used for requests of every method"
        ),
    ];
}
