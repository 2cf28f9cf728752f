using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Sticky sessions before nginx had them: the cookie is a random key, and the key's hash chooses the server. While that server fails, the
/// next one of the hash takes its clients, the same one for each client.
/// </summary>
/// <param name="Key">The variable with the client's key, with its dollar sign.</param>
/// <param name="SetCookie">The variable with the cookie for a client that brought none, with its dollar sign.</param>
internal sealed record StickySession(string Key, string SetCookie)
{
    public static StickySession Of(NginxBuild build, Upstream upstream)
    {
        string cookie = upstream.Balance.Key ?? "";
        string given = "$" + GivenBy(build, upstream, cookie);
        string key = build.Map(
            NginxNames.Join(upstream.Name, "session"),
            new MapView
            {
                Purpose = "session",
                About = NginxBuild.Comment(upstream.Name),
                Source = given,
                Variable = "",
                Lines = [new MapLineView("default", given), new MapLineView("\"\"", "$request_id")],
            }
        );
        string setCookie = build.Map(
            NginxNames.Join(upstream.Name, "cookie"),
            new MapView
            {
                Purpose = "session_cookie",
                Source = given,
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "\"\""),
                    new MapLineView(
                        "\"\"",
                        build.Use(
                            new NginxText()
                                .Literal(cookie + "=")
                                .Variable("request_id")
                                .Literal("; Path=/; HttpOnly; SameSite=Lax")
                                .Variable(SharedVariables.SecureAttribute)
                                .ToQuoted(),
                            upstream.At.Of(UpstreamFields.Balance)
                        )
                    ),
                ],
            }
        );
        return new StickySession("$" + key, "$" + setCookie);
    }

    /// <summary>The variable with the cookie's value. nginx's own names of variables have letters, digits and underscores alone.</summary>
    private static string GivenBy(NginxBuild build, Upstream upstream, string cookie)
    {
        if (cookie.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return "cookie_" + cookie;
        }

        string value = build.Capture("cookie_value");
        return build.Map(
            NginxNames.Join("cookie", cookie),
            new MapView
            {
                Purpose = "cookie",
                Source = "$http_cookie",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "\"\""),
                    new MapLineView(
                        build.Use(
                            NginxQuoting.RegexKey($"(?:^|; ?){NginxQuoting.EscapeRegex(cookie)}=(?<{value}>[^;]*)"),
                            upstream.At.Of(UpstreamFields.Balance)
                        ),
                        "$" + value
                    ),
                ],
            }
        );
    }
}
