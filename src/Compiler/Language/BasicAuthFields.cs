using Confgen.Compiler.Schema;
using Confgen.Model.Guards;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>basic_auth</c>.</summary>
public static class BasicAuthFields
{
    public static readonly TextField Realm = new("realm", "The name that a browser's dialog shows.", new BasicAuth().Realm);

    public static readonly Field Users = new(
        "users",
        new TypeSchema.MapOf("user name", TypeSchema.PasswordHash),
        "Each user's password hash, as `htpasswd -nB` prints it."
    )
    {
        Example = "{ alice: \"$2y$10$...\" }",
    };

    public static readonly Field File = new(
        "file",
        TypeSchema.Path,
        "A file of users as `htpasswd` writes it, `NAME:HASH` a line. It is read when the spec is compiled, and `confgen serve` follows "
            + "its changes; its users come after those of `users`."
    )
    {
        Example = "users.htpasswd",
    };

    public static readonly ObjectSchema Schema = new("basic_auth", "HTTP basic authentication (RFC 7617).", Realm, Users, File)
    {
        OneIsRequired = ["users", "file"],
    };
}
