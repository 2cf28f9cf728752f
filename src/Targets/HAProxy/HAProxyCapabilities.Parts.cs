using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Building;

namespace Confgen.Targets.HAProxy;

internal static partial class HAProxyCapabilities
{
    private const string OnlyCrypt =
        "HAProxy compares by crypt(3), which knows neither: hash the password by bcrypt, as `htpasswd -nB NAME` does";

    private static IEnumerable<Capability> OfGuards() =>
        [
            new(
                RateLimitFields.Rate,
                Support.Approximate,
                "two requests of one key that two threads decide at the same moment may count as one"
            ),
            Capability.For<BasicAuth>(
                BasicAuthFields.Users,
                Support.Unsupported,
                "with a hash of `$apr1$` or `{SHA}`",
                static basic => basic.Users.Any(static user => !user.IsInFile && IsNoCrypt(user.Hash)),
                OnlyCrypt
            ),
            Capability.For<BasicAuth>(
                BasicAuthFields.File,
                Support.Unsupported,
                "with a hash of `$apr1$` or `{SHA}`",
                static basic => basic.Users.Any(static user => user.IsInFile && IsNoCrypt(user.Hash)),
                OnlyCrypt
            ),
            Capability.For<ErrorRules>(
                ErrorsFields.Intercept,
                Support.Approximate,
                "with a class",
                static errors => errors.Intercept.Any(static pattern => !pattern.IsSingle),
                "a status that isn't registered becomes the first one of its class"
            ),
            new(
                ErrorPageFields.File,
                Support.Approximate,
                "the file is read when HAProxy starts, and must fit into a buffer: limits.head, where nothing asks for a larger one"
            ),
            new(
                ErrorPageFields.Proxy,
                Support.Unsupported,
                "HAProxy can't send a request elsewhere once it has failed: write a `body` or a `file`"
            ),
            Capability.For<AccessLog>(
                LogFields.Output,
                Support.Unsupported,
                "with a file",
                static log => log.Output is not ("stdout" or "stderr"),
                "HAProxy opens no files: write `stdout`, and let what starts HAProxy keep it"
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                NotOff,
                static log => log.Format != AccessLogFormat.Off,
                "bytes_in and bytes_out count heads as well, error is always null, a server is told by its address, a client that left by "
                    + "another status than 499; what is refused before a route is chosen leaves no line"
            ),
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Unsupported,
                "without `gzip`",
                static site => site.Compress.Count > 0 && !site.Compress.Contains(ContentCoding.Gzip),
                "write `gzip`: HAProxy has no other coding of these"
            ),
            new(
                SiteFields.Compress,
                Support.Approximate,
                "HAProxy compresses by gzip alone, whatever the length, and responses with 200 to 203 alone; only what is compressed gets "
                    + "Vary"
            ),
        ];

    private static IEnumerable<Capability> OfUpstreams() =>
        [
            Capability.For<Upstream>(
                UpstreamFields.Health,
                Support.Approximate,
                "`passive` beside `active`",
                static upstream => upstream is { ActiveHealth: not null, PassiveHealth: not null },
                "a server that rests is back as soon as a probe passes"
            ),
            new(
                DiscoverFields.Srv,
                Support.Approximate,
                "the servers share requests whatever their priority and weight; 20 are taken at most, and after a start requests get 503 "
                    + "until they are found"
            ),
            new(
                HealthFields.Passive,
                Support.Approximate,
                "without `status` errors of connections count alone, and no time-outs of responses"
            ),
            new(PassiveHealthFields.MaxFails, Support.Approximate, "HAProxy counts failures in a row, in whatever time"),
            new(PassiveHealthFields.FailFor, Support.Approximate, "it is how long a server rests, and no window of the count"),
            Capability.For<PassiveHealth>(
                PassiveHealthFields.Status,
                Support.Unsupported,
                "under 500",
                static passive => passive.Status.Any(static pattern => pattern.First < 500),
                "HAProxy counts errors of servers alone: write `5xx`"
            ),
            new(
                PassiveHealthFields.Status,
                Support.Approximate,
                "HAProxy counts each 5xx but 501 and 505, and time-outs of responses, too"
            ),
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Unsupported,
                "with another status than 404, 408, 425, 500, 501, 502, 503 or 504",
                static upstream => upstream.RetryOn.Any(ServerLines.CannotRetryOn),
                "HAProxy tries another server on 404, 408, 425, 500, 501, 502, 503 and 504 alone"
            ),
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Approximate,
                "with a class of statuses",
                static upstream => upstream.RetryOn.Any(static status => !status.IsSingle),
                "of a class HAProxy takes 404, 408, 425, 500, 501, 502, 503 and 504 alone"
            ),
            new(PassiveHealthFields.Latency, Support.Unsupported, "HAProxy counts errors and statuses, not times: shorten timeouts.read"),
            new(
                UpstreamFields.ResponseHeaderTimeout,
                Support.Approximate,
                "HAProxy has one time-out for the head and for the body: the head is waited for as long as timeouts.read"
            ),
            new(
                ServerFields.MaxConns,
                Support.Approximate,
                "a request beyond it waits for a connection as long as timeouts.connect, then gets 502"
            ),
            new(
                KeepaliveFields.Idle,
                Support.Approximate,
                "HAProxy keeps so many for each server, and a client's first request uses a kept connection only where one was used again "
                    + "before"
            ),
            new(KeepaliveFields.Timeout, Support.Approximate, "HAProxy closes half of what it doesn't need after each such time"),
            new(BuffersFields.Read, Support.Approximate, "HAProxy has buffers of one size: that of the largest"),
            new(BuffersFields.Write, Support.Approximate, "HAProxy has buffers of one size: that of the largest"),
        ];

    private static bool IsNoCrypt(string hash) =>
        hash.StartsWith("$apr1$", StringComparison.Ordinal) || hash.StartsWith("{SHA}", StringComparison.Ordinal);
}
