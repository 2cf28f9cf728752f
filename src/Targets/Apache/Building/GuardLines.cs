using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Routes;

namespace Confgen.Targets.Apache.Building;

/// <summary>Who may use a route.</summary>
internal sealed class GuardLines(ApacheTexts texts, ApacheFeatures features, PasswordFiles passwords)
{
    /// <summary>The lines; none where everybody may.</summary>
    public IEnumerable<string> Of(Route route)
    {
        AddressAccess access = route.Access;
        if (route.BasicAuth is { } basic)
        {
            features.HasPasswords = true;
            yield return "AuthType Basic";
            yield return $"AuthName {texts.Quote(basic.Realm, basic.At.Of(BasicAuthFields.Realm))}";
            yield return "AuthBasicProvider file";
            yield return $"AuthUserFile {passwords.Of(basic)}";
            if (access.IsOpen)
            {
                yield return "Require valid-user";
                yield break;
            }
        }
        else if (access.IsOpen)
        {
            yield break;
        }

        if (route.AddressIsEnough)
        {
            yield return "<RequireAny>";
            yield return "Require valid-user";
        }

        yield return "<RequireAll>";
        if (route is { BasicAuth: not null, AddressIsEnough: false })
        {
            yield return "    Require valid-user";
        }

        if (access.Allow.Count > 0)
        {
            yield return $"    Require ip {string.Join(' ', access.Allow.SelectMany(Networks.Of))}";
        }
        else if (route.BasicAuth is null)
        {
            // What is denied needs something that is granted.
            yield return "    Require all granted";
        }

        if (access.Deny.Count > 0)
        {
            yield return $"    Require not ip {string.Join(' ', access.Deny.SelectMany(Networks.Of))}";
        }

        yield return "</RequireAll>";
        if (route.AddressIsEnough)
        {
            yield return "</RequireAny>";
        }
    }
}
