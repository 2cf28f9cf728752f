using Confgen.Compiler.Tests.Support;
using Confgen.Model.Guards;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>The users of <c>basic_auth.file</c>, and what is said of a file that isn't as <c>htpasswd</c> writes it.</summary>
public sealed class UsersFileTests
{
    private const string Hash = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    [Fact]
    public void Its_users_come_after_those_of_the_spec()
    {
        BasicAuth? auth = With(
            $"# staff\r\n\r\nbob:{Hash}\r\ncarol:{Hash}:a comment\n#eve:{Hash}",
            $"users: {{ alice: \"{Hash}\" }}, file: staff"
        )
            .Spec?.Sites[0]
            .Routes[0]
            .BasicAuth;

        Assert.Equal(
            [("alice", Hash, false), ("bob", Hash, true), ("carol", Hash, true)],
            auth?.Users.Select(u => (u.Name, u.Hash, u.IsInFile))
        );
    }

    [Theory]
    [InlineData("file: nowhere", "", "there is no file 'nowhere'")]
    [InlineData("file: staff", "", "the file has no user, so nobody could pass")]
    [InlineData("file: staff", "# nobody\n", "the file has no user, so nobody could pass")]
    [InlineData("file: staff", "\nbob\n", "line 2 of the file is not NAME:HASH")]
    [InlineData("file: staff", "bob:secret-word", "the password of 'bob' in line 1 of the file is not a hash that htpasswd makes")]
    [InlineData("file: staff", "bob:$2y$10$N9qo8uLOick", "the bcrypt hash of 'bob' in line 1 of the file is cut: it has 60 characters")]
    [InlineData("file: staff", ":" + Hash, "invalid user name '' in line 1 of the file")]
    [InlineData("file: staff", "bob:" + Hash + "\nbob:" + Hash, "the user 'bob' is there twice")]
    [InlineData("users: { bob: \"" + Hash + "\" }, file: staff", "bob:" + Hash, "the user 'bob' is there twice")]
    [InlineData("realm: staff", "", "'users' or 'file' is missing")]
    public void A_file_with_a_fault_is_an_error_where_the_spec_names_it(string fields, string file, string message)
    {
        Compilation compiled = With(file, fields);

        Assert.Null(compiled.Spec);
        Assert.Equal(
            [(4, message)],
            compiled.Diagnostics.Where(d => d.Severity == Model.Diagnostics.Severity.Error).Select(d => (d.Span.Line, d.Message))
        );
        Assert.All(compiled.Diagnostics, d => Assert.DoesNotContain("secret-word", d.Message + d.Hint));
    }

    private static Compilation With(string file, string fields) =>
        Compile.Text(
            $$"""
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                basic_auth: { {{fields}} }
            """,
            new Dictionary<string, string> { ["staff"] = file }
        );
}
