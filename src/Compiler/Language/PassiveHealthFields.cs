using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>health.passive</c>.</summary>
public static class PassiveHealthFields
{
    private static readonly TypeSchema _statuses = new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true);
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);
    private static readonly PassiveHealth _default = new();

    public static readonly IntegerField MaxFails = new(
        "max_fails",
        "Failures within `fail_for` that put a server to rest.",
        _default.MaxFails,
        1,
        1_000_000
    );

    public static readonly DurationField FailFor = new(
        "fail_for",
        "The window of the count, and how long the server rests.",
        _default.FailFor,
        _tick
    );

    public static readonly Field Status = new("status", _statuses, "Statuses that count as a failure, beside connect errors and time-outs.")
    {
        Example = "[5xx]",
    };

    public static readonly DurationField Latency = new("latency", "A response whose head takes longer counts as a failure.", null, _tick)
    {
        Example = "5s",
    };

    public static readonly ObjectSchema Schema = new(
        "health.passive",
        "Watching of the responses to real requests: a server that fails too often rests for a while.",
        MaxFails,
        FailFor,
        Status,
        Latency
    );
}
