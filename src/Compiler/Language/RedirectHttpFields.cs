using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>redirect_http</c>.</summary>
public static class RedirectHttpFields
{
    private static readonly (string Word, int Status)[] _statuses = [("301", 301), ("302", 302), ("307", 307), ("308", 308)];
    private static readonly HttpsRedirect _default = new();

    public static readonly IntegerField Port = new("port", "The plain port.", _default.Port, 1, 65535);

    public static readonly WordField<int> Status = new("status", "The status; 307 and 308 keep the method.", _default.Status, _statuses);

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        TypeSchema.Boolean,
        new TypeSchema.Choice([.. _statuses.Select(s => s.Word)]),
        new TypeSchema.Fields(() => RedirectHttpFields.Schema!)
    );

    public static readonly ObjectSchema Schema = new("redirect_http", "How plain HTTP requests are sent to https.", Port, Status);
}
