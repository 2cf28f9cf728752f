using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds user names and password hashes.</summary>
internal static class BasicAuthBinder
{
    public static readonly Rule BadHash = new("CFG0125", "bad-password-hash", Severity.Error, "A password that is not hashed")
    {
        Why = "Passwords stand in a spec as hashes only, in the forms that `htpasswd` makes: bcrypt (`htpasswd -B`, preferred), `$apr1$`, `$5$`, `$6$` or `{SHA}`. Every target takes bcrypt.",
        Bad = "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n    basic_auth: { users: { alice: secret } }\n",
        Good = "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n    basic_auth: { users: { alice: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }\n",
    };

    private static readonly string[] _forms = ["$2y$", "$2a$", "$2b$", "$apr1$", "$5$", "$6$", "{SHA}"];

    public static BasicAuth? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, BasicAuthFields.Schema);
        string realm = o.Read(BasicAuthFields.Realm);
        if (realm.Any(ch => ch is < ' ' or '\x7F' or '"' or '\\'))
        {
            c.Diagnostics.Report(ValueRules.BadValue, o.Get(BasicAuthFields.Realm)?.Span ?? node.Span, "a realm has no quotes, backslashes or control characters");
        }

        ValueList<BasicAuthUser> users = o.Entries(BasicAuthFields.Users).Select(e => BindUser(c, e)).OfType<BasicAuthUser>().ToValueList();
        if (o.Get(BasicAuthFields.Users) is MapSyntax { Entries.Count: 0 } empty)
        {
            c.Diagnostics.Report(ValueRules.BadValue, empty.Span, "no user at all, so nobody could pass", "add one, or use 'respond: { status: 403 }'");
        }

        return c.Written(new BasicAuth { At = o.Source, Realm = realm, Users = users });
    }

    private static BasicAuthUser? BindUser(BindingContext c, EntrySyntax entry)
    {
        string name = entry.Key.Value;
        if (name.Length == 0 || name.Any(ch => ch is ':' or < ' ' or '\x7F'))
        {
            c.Diagnostics.Report(ValueRules.BadValue, entry.Key.Span, $"invalid user name '{name}'", "it has no colon and no control characters");
            return null;
        }

        if (ScalarReader.Text(c, entry.Value, "a password hash") is not { } hash)
        {
            return null;
        }

        if (!_forms.Any(f => hash.StartsWith(f, StringComparison.Ordinal)) || hash.Length > 256 || hash.Any(ch => ch is <= ' ' or > '~' or ':'))
        {
            c.Diagnostics.Report(BadHash, entry.Value.Span, $"the password of '{name}' is not a hash that htpasswd makes", "make one with 'htpasswd -nB " + name + "'");
            return null;
        }

        if (hash.StartsWith("$2", StringComparison.Ordinal) && hash.Length != 60)
        {
            c.Diagnostics.Report(BadHash, entry.Value.Span, $"the bcrypt hash of '{name}' is cut: it has 60 characters", "quote it, so that nothing replaces its '$'");
            return null;
        }

        return new BasicAuthUser { Name = name, Hash = hash, At = new Source(entry.Value.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "") };
    }
}
