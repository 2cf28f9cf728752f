using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>keepalive</c>.</summary>
public static class KeepaliveFields
{
    private static readonly UpstreamKeepalive _default = new();

    public static readonly IntegerField Idle = new("idle", "Most idle connections kept; 0 keeps none.", _default.Idle, 0, 1_000_000);

    public static readonly DurationField Timeout = new(
        "timeout",
        "How long an idle one is kept.",
        _default.Timeout,
        TimeSpan.FromSeconds(1)
    );

    public static readonly ObjectSchema Schema = new("keepalive", "Idle connections kept open for reuse.", Idle, Timeout);
}
