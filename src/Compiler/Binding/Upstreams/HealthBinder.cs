using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the health checks of an upstream.</summary>
internal static class HealthBinder
{
    public static Result Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return default;
        }

        ObjectReader o = ObjectReader.Open(c, node, HealthFields.Schema);
        c.Written(new WrittenFields { At = o.Source });
        return new Result(
            o.Get(HealthFields.Active) is { } active ? BindActive(c, active) : null,
            o.Get(HealthFields.Passive) is { } passive ? BindPassive(c, passive) : null
        );
    }

    private static ActiveHealth? BindActive(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, ActiveHealthFields.Schema);
        o.NotEmpty(ActiveHealthFields.Status, "leave it out for 2xx; no response would pass");
        string? path = PathText.Target(c, o.Get(ActiveHealthFields.Path));
        var health = new ActiveHealth
        {
            At = o.Source,
            Path = path ?? "/",
            Interval = o.Read(ActiveHealthFields.Interval),
            Timeout = o.Read(ActiveHealthFields.Timeout),
            Status = o.Has(ActiveHealthFields.Status)
                ? o.List(ActiveHealthFields.Status, n => StatusReader.Bind(c, n))
                : [StatusPattern.Success],
        };
        return path is null ? null : c.Written(health);
    }

    private static PassiveHealth BindPassive(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, PassiveHealthFields.Schema);
        return c.Written(
            new PassiveHealth
            {
                At = o.Source,
                MaxFails = o.Read(PassiveHealthFields.MaxFails),
                FailFor = o.Read(PassiveHealthFields.FailFor),
                Status = o.List(PassiveHealthFields.Status, n => StatusReader.Bind(c, n)),
                Latency = o.Find(PassiveHealthFields.Latency),
            }
        );
    }

    public readonly record struct Result(ActiveHealth? Active, PassiveHealth? Passive);
}
