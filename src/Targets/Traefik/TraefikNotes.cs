using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Traefik;

/// <summary>What Traefik does whatever the spec says.</summary>
internal static class TraefikNotes
{
    public static readonly IReadOnlyList<ProgramNote> All =
    [
        new ProgramNote(
            VersionRange.All,
            "not run on Traefik: what it does is read from its sources and documentation, and the rules and rewrites are tried on a "
                + "reading "
                + "of them"
        ),
        new ProgramNote(
            new VersionRange(Until: TraefikVersions.KeepsReserved),
            "paths aren't normalised, and a router may be chosen by another path than the server reads (CVE-2025-32431, CVE-2025-47952): "
                + "what has `%2F`, `..` or an escape of an escape may pass a guard; 3.4.1 mends it",
            LosesData: true
        ),
        new ProgramNote(
            new VersionRange(Since: TraefikVersions.KeepsReserved),
            "the server gets the path with capital escapes, and without those of letters, digits, `-`, `.`, `_` and `~`; bytes that "
                + "RFC 3986 "
                + "doesn't allow are escaped"
        ),
        new ProgramNote(VersionRange.All, "a `;` in a query reaches the server as `&`"),
        new ProgramNote(
            VersionRange.All,
            "`..` segments and TRACE are refused by routers; what else the contract refuses at once is left to Go's net/http, and "
                + "`OPTIONS *` gets 404"
        ),
        new ProgramNote(VersionRange.All, "errors and responses of a status alone have its words as the body"),
        new ProgramNote(VersionRange.All, "no server up is 503, and none that can be reached 502 or 504"),
        new ProgramNote(
            VersionRange.All,
            "a body in chunks isn't counted: `max_body` asks the length that the head tells, and 413 has the fields of its site alone"
        ),
        new ProgramNote(
            VersionRange.All,
            "between two pieces of a response, or of an upload, there is no time-out; clients may take any time for a request"
        ),
        new ProgramNote(
            VersionRange.All,
            "servers also get X-Forwarded-Port and X-Forwarded-Server, and `ws` or `wss` as X-Forwarded-Proto of an upgrade"
        ),
        new ProgramNote(
            VersionRange.All,
            "redirects that are permanent are 301 for GET and 308 for other methods, others 302 and 307; that of `redirect_http`, too"
        ),
        new ProgramNote(
            VersionRange.All,
            "a certificate is chosen by its own names, and 421 is for requests whose host has other TLS options than the name in the "
                + "handshake"
        ),
        new ProgramNote(VersionRange.All, "an upgrade to other protocols than WebSocket is passed on"),
        new ProgramNote(
            VersionRange.All,
            "a site whose routes have different guards refuses every path that could be read in several ways, and one with a regex "
                + "paths with "
                + "empty or `.` segments (400)"
        ),
        new ProgramNote(VersionRange.All, "a request that failed before its head was written is tried again, and no other"),
    ];
}
