using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>health.active</c>.</summary>
public static class ActiveHealthFields
{
    private static readonly TypeSchema _statuses = new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true);
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);
    private static readonly ActiveHealth _default = new() { Path = "/" };

    public static readonly Field Path = new("path", TypeSchema.PathPattern, "The target that is asked for with GET.")
    {
        Required = true,
        Example = "/healthz",
    };

    public static readonly DurationField Interval = new("interval", "The time between two probes of a server.", _default.Interval, _tick);

    public static readonly DurationField Timeout = new("timeout", "Longest wait for a response.", _default.Timeout, _tick);

    public static readonly Field Status = new("status", _statuses, "The statuses that pass.") { Default = "2xx" };

    public static readonly ObjectSchema Schema = new(
        "health.active",
        "Probes in the background: a server that fails one gets no requests until it passes one.",
        Path,
        Interval,
        Timeout,
        Status
    );
}
