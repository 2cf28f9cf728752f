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
        Why =
            "Passwords stand in a spec as hashes only, in the forms that `htpasswd` makes: bcrypt (`htpasswd -B`, preferred), `$apr1$`, "
            + "`$5$`, `$6$` or `{SHA}`. Every target takes bcrypt.",
        Bad =
            "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n"
            + "    basic_auth: { users: { alice: secret } }\n",
        Good =
            "sites:\n  - host: a.example.com\n    tls: internal\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n"
            + "    basic_auth: { users: { alice: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }\n",
    };

    private static readonly string[] _forms = ["$2y$", "$2a$", "$2b$", "$apr1$", "$5$", "$6$", "{SHA}"];

    public static BasicAuth? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, BasicAuthFields.Schema);
        string realm = o.Read(BasicAuthFields.Realm);
        if (realm.Any(ch => ch is < ' ' or '\x7F' or '"' or '\\'))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                o.Get(BasicAuthFields.Realm)?.Span ?? node.Span,
                "a realm has no quotes, backslashes or control characters"
            );
        }

        IEnumerable<BasicAuthUser?> written = o.Entries(BasicAuthFields.Users).Select(e => BindUser(c, e));
        ValueList<BasicAuthUser> users = written
            .Concat(UsersFile.Read(c, o.Get(BasicAuthFields.File)).Select(u => BindUser(c, u)))
            .OfType<BasicAuthUser>()
            .ToValueList();
        if (o.Get(BasicAuthFields.Users) is MapSyntax { Entries.Count: 0 } empty)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                empty.Span,
                "no user at all, so nobody could pass",
                "add one, or use 'respond: { status: 403 }'"
            );
        }
        else if (
            !o.Has(BasicAuthFields.Users)
            && !o.Has(BasicAuthFields.File)
            && !o.Meant(BasicAuthFields.Users)
            && !o.Meant(BasicAuthFields.File)
            && node is MapSyntax
        )
        {
            c.Diagnostics.Report(
                ValueRules.MissingKey,
                node.Span,
                "'users' or 'file' is missing",
                "add 'users: { NAME: HASH }' with the hash that 'htpasswd -nB NAME' prints"
            );
        }

        foreach (BasicAuthUser twice in users.GroupBy(u => u.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                twice.At.Span,
                $"the user '{twice.Name}' is there twice",
                "leave one: it has one password"
            );
        }

        return c.Written(
            new BasicAuth
            {
                At = o.Source,
                Realm = realm,
                Users = users.DistinctBy(u => u.Name, StringComparer.Ordinal).ToValueList(),
            }
        );
    }

    private static BasicAuthUser? BindUser(BindingContext c, EntrySyntax entry)
    {
        string name = entry.Key.Value;
        return
            CheckName(c, name, entry.Key.Span, "")
            && ScalarReader.Text(c, entry.Value, "a password hash") is { } hash
            && CheckHash(c, name, hash, entry.Value.Span, "")
            ? User(name, hash, entry.Value.Span)
            : null;
    }

    private static BasicAuthUser? BindUser(BindingContext c, UsersFileLine line)
    {
        string where = $" in line {line.Number} of the file";
        return CheckName(c, line.Name, line.Span, where) && CheckHash(c, line.Name, line.Hash, line.Span, where)
            ? User(line.Name, line.Hash, line.Span) with
            {
                IsInFile = true,
            }
            : null;
    }

    private static bool CheckName(BindingContext c, string name, SourceSpan span, string where)
    {
        if (name.Length > 0 && !name.Any(ch => ch is ':' or < ' ' or '\x7F'))
        {
            return true;
        }

        c.Diagnostics.Report(ValueRules.BadValue, span, $"invalid user name '{name}'{where}", "it has no colon and no control characters");
        return false;
    }

    private static bool CheckHash(BindingContext c, string name, string hash, SourceSpan span, string where)
    {
        if (
            !_forms.Any(f => hash.StartsWith(f, StringComparison.Ordinal))
            || hash.Length > 256
            || hash.Any(ch => ch is <= ' ' or > '~' or ':')
        )
        {
            c.Diagnostics.Report(
                BadHash,
                span,
                $"the password of '{name}'{where} is not a hash that htpasswd makes",
                "make one with 'htpasswd -nB " + name + "'"
            );
            return false;
        }

        if (hash.StartsWith("$2", StringComparison.Ordinal) && hash.Length != 60)
        {
            c.Diagnostics.Report(
                BadHash,
                span,
                $"the bcrypt hash of '{name}'{where} is cut: it has 60 characters",
                where.Length == 0 ? "quote it, so that nothing replaces its '$'" : "make one with 'htpasswd -nB " + name + "'"
            );
            return false;
        }

        return true;
    }

    private static BasicAuthUser User(string name, string hash, SourceSpan span) =>
        new()
        {
            Name = name,
            Hash = hash,
            At = new Source(span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), ""),
        };
}
