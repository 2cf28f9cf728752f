using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds the guards of a route or a site; <c>off</c> takes away one that was inherited.</summary>
internal static class GuardBinder
{
    public static RouteGuards Bind(BindingContext c, ObjectReader o, RouteGuards outer) =>
        new()
        {
            RateLimit = Own(o, RouteFields.RateLimit, outer.RateLimit, n => RateLimitBinder.Bind(c, n)),
            BasicAuth = Own(o, RouteFields.BasicAuth, outer.BasicAuth, n => BasicAuthBinder.Bind(c, n)),
            Access = BindAccess(c, o, outer.Access),
            ForwardAuth = Own(o, RouteFields.ForwardAuth, outer.ForwardAuth, n => ForwardAuthBinder.Bind(c, n)),
            Cors = Own(o, RouteFields.Cors, outer.Cors, n => CorsBinder.Bind(c, n)),
        };

    private static AddressAccess BindAccess(BindingContext c, ObjectReader o, AddressAccess outer) =>
        !o.Has(RouteFields.Allow) && !o.Has(RouteFields.Deny) && !o.Has(RouteFields.Satisfy)
            ? outer
            : new AddressAccess
            {
                At = o.Source,
                Allow = o.Has(RouteFields.Allow) ? Addresses(c, o, RouteFields.Allow) : outer.Allow,
                Deny = o.Has(RouteFields.Deny) ? Addresses(c, o, RouteFields.Deny) : outer.Deny,
                IsEnough = o.Has(RouteFields.Satisfy) ? o.Read(RouteFields.Satisfy) : outer.IsEnough,
            };

    private static ValueList<Cidr> Addresses(BindingContext c, ObjectReader o, Field field) => o.Values(field, n => CidrReader.Bind(c, n));

    private static T? Own<T>(ObjectReader o, Field field, T? outer, Func<SyntaxNode, T?> bind)
        where T : class =>
        o.Get(field) switch
        {
            null => outer,
            ScalarSyntax { Value: "off" or "false" or "no" } => null,
            var node => bind(node),
        };
}
