using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>errors</c>.</summary>
public static class ErrorsFields
{
    public static readonly Field Intercept = new(
        "intercept",
        new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true),
        "Statuses of the upstream that are treated like the proxy's own."
    )
    {
        Example = "[5xx]",
    };

    public static readonly ObjectSchema Schema = new(
        "errors",
        "Answers for the proxy's own errors. Any other key is a status (`502`) or a class (`5xx`), and its value an " + "error page.",
        Intercept
    )
    {
        OtherKeys = new TypeSchema.MapOf("status", new TypeSchema.Fields(() => ErrorPageFields.Schema)),
    };
}
