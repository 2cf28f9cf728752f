using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>What stands before a route: odd bytes, preflights, the rate, addresses, credentials, the length of the body.</summary>
internal sealed class GuardLines(HAProxyTexts texts, ErrorReplies errors, UserLists users)
{
    // What browsers send although RFC 3986 doesn't allow it is refused behind a guard.
    private const string OddBytes = @"[^!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z~]";

    /// <summary>The lines, in the order in which they decide.</summary>
    public IEnumerable<string> Of(Route route)
    {
        if (route.IsGuarded || route.Transparent)
        {
            yield return $"http-request return status 400 if {{ path -m reg -- {texts.Word(OddBytes, route.At.Span)} }}";
        }

        IEnumerable<string> lines =
        [
            .. route.Cors is { } cors ? new CorsLines(texts).Request(cors) : [],
            .. route.RateLimit is { } rate
                ? RateLimits.Request(texts, rate).Concat(errors.Refuse(route, 429, RateLimits.Exceeded(rate)))
                : [],
            .. route.RateLimit is { } passed ? [RateLimits.Count(passed)] : (string[])[],
            .. route.AddressIsEnough ? [] : Addresses(route),
            .. route.BasicAuth is { } basic ? Credentials(route, basic) : [],
            .. route.MaxBody > 0
                ? errors.Refuse(route, 413, string.Create(null, $"if {{ req.hdr_val(content-length) gt {route.MaxBody} }}"))
                : [],
        ];
        foreach (string line in lines)
        {
            yield return line;
        }
    }

    private IEnumerable<string> Addresses(Route route)
    {
        AddressAccess access = route.Access;
        string[] allowed = [.. Networks(access.Allow)];
        return Networks(access.Deny)
            .Select(static some => "if " + some)
            .Concat(allowed.Length == 0 ? [] : ["unless " + string.Join(" or ", allowed)])
            .SelectMany(condition => errors.Refuse(route, 403, condition));
    }

    private static IEnumerable<string> Networks(ValueList<Cidr> blocks) =>
        blocks.Chunk(SiteRules.MostPatterns).Select(static some => $"{{ var(txn.client) -m ip {string.Join(' ', some)} }}");

    private IEnumerable<string> Credentials(Route route, BasicAuth basic)
    {
        string realm = basic.Realm.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        string challenge = texts.Format($"Basic realm=\"{realm}\"", basic.At.Of(BasicAuthFields.Realm));
        string known = $"unless {{ http_auth({users.Of(basic)}) }}";
        if (route.AddressIsEnough)
        {
            string denied = string.Concat(Networks(route.Access.Deny).Select(static some => " !" + some));
            known += string.Concat(Networks(route.Access.Allow).Select(allowed => $" or {allowed}{denied}"));
        }

        return errors.Refuse(route, 401, known, " hdr WWW-Authenticate " + challenge);
    }
}
