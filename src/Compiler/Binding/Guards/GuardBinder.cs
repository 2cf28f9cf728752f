using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds the guards of a route or a site; <c>off</c> takes away one that was inherited.</summary>
internal static class GuardBinder
{
    private static readonly TypeSchema _addresses = new TypeSchema.ListOf(TypeSchema.Cidr, AllowSingle: true);

    public static readonly IReadOnlyList<FieldSchema> Fields =
    [
        new("rate_limit", OrOff(() => RateLimitBinder.Schema), "Requests allowed in a time; over it 429.") { InheritedBy = "route" },
        new("basic_auth", OrOff(() => BasicAuthBinder.Schema), "User names and passwords (RFC 7617); without valid ones 401.") { InheritedBy = "route" },
        new("allow", _addresses, "Client addresses that may, after `trusted_proxies`; others get 403.") { InheritedBy = "route", Example = "[10.0.0.0/8]" },
        new("deny", _addresses, "Client addresses that may not, even if allowed: 403.") { InheritedBy = "route", Example = "[192.0.2.0/24]" },
        new("forward_auth", OrOff(() => ForwardAuthBinder.Schema), "A server that is asked about each request; 2xx passes, anything else is relayed.") { InheritedBy = "route" },
        new("cors", OrOff(() => CorsBinder.Schema), "Cross-origin resource sharing; preflights are answered by the proxy.") { InheritedBy = "route" },
    ];

    public static RouteGuards Bind(BindingContext c, ObjectReader o, RouteGuards outer) => new()
    {
        RateLimit = Own(o, "rate_limit", outer.RateLimit, n => RateLimitBinder.Bind(c, n)),
        BasicAuth = Own(o, "basic_auth", outer.BasicAuth, n => BasicAuthBinder.Bind(c, n)),
        Access = BindAccess(c, o, outer.Access),
        ForwardAuth = Own(o, "forward_auth", outer.ForwardAuth, n => ForwardAuthBinder.Bind(c, n)),
        Cors = Own(o, "cors", outer.Cors, n => CorsBinder.Bind(c, n)),
    };

    private static AddressAccess BindAccess(BindingContext c, ObjectReader o, AddressAccess outer) =>
        !o.Has("allow") && !o.Has("deny") ? outer : new AddressAccess
        {
            At = o.Source,
            Allow = o.Has("allow") ? Addresses(c, o, "allow") : outer.Allow,
            Deny = o.Has("deny") ? Addresses(c, o, "deny") : outer.Deny,
        };

    private static ValueList<Cidr> Addresses(BindingContext c, ObjectReader o, string field) => o.Values(field, n => CidrReader.Bind(c, n));

    private static T? Own<T>(ObjectReader o, string field, T? outer, Func<SyntaxNode, T?> bind)
        where T : class => o.Get(field) switch
        {
            null => outer,
            ScalarSyntax { Value: "off" or "false" or "no" } => null,
            var node => bind(node),
        };

    private static TypeSchema.AnyOf OrOff(Func<ObjectSchema> schema) => new(new TypeSchema.Fields(schema), new TypeSchema.Choice("off"));
}
