using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Templates;

namespace Confgen.Targets.Nginx;

internal static partial class NginxCapabilities
{
    private const string ReadsFields = "with `{header.NAME}`";
    private const string ReadField =
        "of several lines of that name nginx before 1.23 takes the first; a line whose name has '_' for '-' counts, too";

    // Values with placeholders.
    private static IEnumerable<Capability> OfTemplates() =>
        [
            Capability.For<HeaderEdits>(
                HeaderRulesFields.Set,
                Support.Approximate,
                ReadsFields,
                static rules => rules.Set.Any(static header => header.Value.Uses(Placeholder.Header)),
                ReadField
            ),
            Capability.For<HeaderEdits>(
                HeaderRulesFields.Add,
                Support.Approximate,
                ReadsFields,
                static rules => rules.Add.Any(static header => header.Value.Uses(Placeholder.Header)),
                ReadField
            ),
            Capability.For<RedirectAction>(
                RedirectFields.To,
                Support.Approximate,
                ReadsFields,
                static redirect => redirect.To.Uses(Placeholder.Header),
                ReadField
            ),
            Capability.For<ForwardAuth>(
                ForwardAuthFields.SignIn,
                Support.Approximate,
                ReadsFields,
                static auth => auth.SignIn?.To?.Uses(Placeholder.Header) == true,
                ReadField
            ),
        ];
}
