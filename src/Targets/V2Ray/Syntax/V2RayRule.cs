using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>A rule of <c>routing</c>. The first one that fits is taken; a condition without values fits everything.</summary>
/// <param name="Inbounds">Tags of inbounds and bridges.</param>
/// <param name="Domains">Domains, <c>full:</c> before those that are meant whole.</param>
/// <param name="Users">Clients, by their email.</param>
/// <param name="Outbound">The tag of an outbound or a portal.</param>
/// <param name="Span">The place.</param>
internal sealed record V2RayRule(
    IReadOnlyList<string> Inbounds,
    IReadOnlyList<string> Domains,
    IReadOnlyList<string> Users,
    string Outbound,
    SourceSpan Span
)
{
    public static V2RayRule Of(SyntaxNode rule) =>
        new(rule.Texts("inboundTag"), rule.Texts("domain"), rule.Texts("user"), rule.Text("outboundTag") ?? "", rule.Span);

    /// <summary>Whether everything that fits the other rule fits this one too.</summary>
    public bool Covers(V2RayRule other) => Covers(Inbounds, other.Inbounds) && Covers(Domains, other.Domains) && Covers(Users, other.Users);

    /// <summary>Whether it takes connections of an inbound or a bridge to a domain.</summary>
    public bool Takes(string inbound, string? domain) =>
        (Inbounds.Count == 0 || Inbounds.Contains(inbound))
        && (Domains.Count == 0 || (domain is not null && Domains.Contains("full:" + domain)));

    private static bool Covers(IReadOnlyList<string> wide, IReadOnlyList<string> narrow) =>
        wide.Count == 0 || (narrow.Count > 0 && narrow.All(wide.Contains));
}
