using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Raw;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets.Raw;

/// <summary>What every target declares of <c>raw</c>: its own lines are beyond the promise, and those for others are missing.</summary>
internal static class RawCapabilities
{
    /// <summary>The entries of a target.</summary>
    /// <param name="target">Its name.</param>
    public static IEnumerable<Capability> Of(string target) =>
        [
            .. Entries<Spec>(target, SpecFields.Raw, static spec => spec.Raw),
            .. Entries<Site>(target, SiteFields.Raw, static site => site.Raw),
            .. Entries<Route>(target, RouteFields.Raw, static route => route.Raw),
            .. RawFields.Schema.Fields.Select(static field => new Capability(field, Support.Elsewhere)),
        ];

    private static IEnumerable<Capability> Entries<T>(string target, Field field, Func<T, RawTexts> raw)
        where T : SpecNode
    {
        string[] others = [.. RawFields.Schema.Fields.Select(static program => program.Name).Where(name => name != target)];
        if (others.Length < RawFields.Schema.Fields.Count)
        {
            yield return Capability.For<T>(
                field,
                Support.Approximate,
                $"with lines for `{target}`",
                node => raw(node).Of(target).Count > 0,
                "no test of a spec sees what they do, and no other target does it"
            );
        }

        foreach (string other in others)
        {
            yield return Capability.For<T>(
                field,
                Support.Approximate,
                $"with lines for `{other}`",
                node => raw(node).Of(other).Count > 0,
                "what they do is missing here"
            );
        }

        yield return new Capability(field, Support.Elsewhere);
    }
}
