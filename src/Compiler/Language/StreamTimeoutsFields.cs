using Confgen.Compiler.Schema;
using Confgen.Model.Streams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>stream.timeouts</c>.</summary>
public static class StreamTimeoutsFields
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);
    private static readonly StreamTimeouts _default = new();

    public static readonly DurationField Connect = new(
        "connect",
        "For a connection to a server; over it the next server is tried, and at last the client's connection is closed.",
        _default.Connect,
        _tick
    );

    public static readonly DurationField Idle = new("idle", "How long neither side may send anything.", _default.Idle, _tick);

    public static readonly ObjectSchema Schema = new("stream.timeouts", "The longest waits of a stream.", Connect, Idle);
}
