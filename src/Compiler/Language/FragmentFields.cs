using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>How maps take what <c>fragments</c> name.</summary>
public static class FragmentFields
{
    /// <summary>In a site, a route or an upstream: it is gone before they are bound.</summary>
    public static readonly Field Use = Declare();

    private static Field Declare()
    {
        var use = new Field(
            "use",
            new TypeSchema.ListOf(TypeSchema.FragmentName, AllowSingle: true) { NotEmpty = true },
            "Names of `fragments` whose fields belong here too. What is written here goes before them, as a whole."
        )
        {
            Example = "private",
        };
        use.DeclaredBy("fragments");
        return use;
    }
}
