using Confgen.Compiler.Schema;
using Confgen.Model.Guards;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>basic_auth</c>.</summary>
public static class BasicAuthFields
{
    public static readonly TextField Realm = new("realm", "The name that a browser's dialog shows.", new BasicAuth().Realm);

    public static readonly Field Users = new("users", new TypeSchema.MapOf("user name", TypeSchema.PasswordHash),
        "Each user's password hash, as `htpasswd -nB` prints it.")
    {
        Required = true,
        IfMissing = "add 'users: { NAME: HASH }' with the hash that 'htpasswd -nB NAME' prints",
        Example = "{ alice: \"$2y$10$...\" }",
    };

    public static readonly ObjectSchema Schema = new("basic_auth", "HTTP basic authentication (RFC 7617).", Realm, Users);
}
