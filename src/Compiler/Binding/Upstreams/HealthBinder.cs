using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the health checks of an upstream.</summary>
internal static class HealthBinder
{
    private static readonly TypeSchema _statuses = new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true);
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);

    public static readonly ObjectSchema Active = new(
        "health.active",
        "Probes in the background: a server that fails one gets no requests until it passes one.",
        new("path", TypeSchema.PathPattern, "The target that is asked for with GET.") { Required = true, Example = "/healthz" },
        new("interval", TypeSchema.Duration, "The time between two probes of a server.") { Default = "10s" },
        new("timeout", TypeSchema.Duration, "Longest wait for an answer.") { Default = "5s" },
        new("status", _statuses, "The statuses that pass.") { Default = "2xx" });

    public static readonly ObjectSchema Passive = new(
        "health.passive",
        "Watching of the answers to real requests: a server that fails too often rests for a while.",
        new("max_fails", TypeSchema.Integer, "Failures within `fail_for` that put a server to rest.") { Default = "1" },
        new("fail_for", TypeSchema.Duration, "The window of the count, and how long the server rests.") { Default = "10s" },
        new("status", _statuses, "Statuses that count as a failure, beside connect errors and time-outs.") { Example = "[5xx]" },
        new("latency", TypeSchema.Duration, "An answer whose head takes longer counts as a failure.") { Example = "5s" });

    public static readonly ObjectSchema Schema = new(
        "health",
        "When a server is out of service.",
        new("active", new TypeSchema.Fields(() => Active), "Probes in the background."),
        new("passive", new TypeSchema.Fields(() => Passive), "Watching of real requests."));

    public static Result Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return default;
        }

        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return new Result(
            o.Get("active") is { } active ? BindActive(c, active) : null,
            o.Get("passive") is { } passive ? BindPassive(c, passive) : null);
    }

    private static ActiveHealth? BindActive(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Active);
        o.NotEmpty("status", "leave it out for 2xx; no answer would pass");
        string? path = PathText.Target(c, o.Get("path"));
        var health = new ActiveHealth
        {
            At = o.Source,
            Path = path ?? "/",
            Interval = o.Duration("interval", TimeSpan.FromSeconds(10), _tick),
            Timeout = o.Duration("timeout", TimeSpan.FromSeconds(5), _tick),
            Status = o.Has("status") ? o.List("status", n => StatusReader.Bind(c, n)) : [StatusPattern.Success],
        };
        return path is null ? null : c.Written(health);
    }

    private static PassiveHealth BindPassive(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Passive);
        return c.Written(new PassiveHealth
        {
            At = o.Source,
            MaxFails = o.Integer("max_fails", 1, 1, 1_000_000),
            FailFor = o.Duration("fail_for", TimeSpan.FromSeconds(10), _tick),
            Status = o.List("status", n => StatusReader.Bind(c, n)),
            Latency = o.Duration("latency", _tick),
        });
    }

    public readonly record struct Result(ActiveHealth? Active, PassiveHealth? Passive);
}
