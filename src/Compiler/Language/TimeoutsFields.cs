using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>timeouts</c>.</summary>
public static class TimeoutsFields
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);
    private static readonly Timeouts _default = new();

    public static readonly DurationField Connect = new(
        "connect",
        "For a connection; over it the next server is tried, at last 502.",
        _default.Connect,
        _tick
    );

    public static readonly DurationField Send = new("send", "Between two writes to the upstream.", _default.Send, _tick);

    public static readonly DurationField Read = new(
        "read",
        "The longest silence from the upstream; over it 504. At least 1h with `sse: true`.",
        _default.Read,
        _tick
    );

    public static readonly ObjectSchema Schema = new("timeouts", "The longest waits on an upstream.", Connect, Send, Read);
}
