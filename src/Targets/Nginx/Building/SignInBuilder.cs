using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Sends clients elsewhere that an auth server refuses with 401. Its Set-Cookie goes along by a header of the server.</summary>
internal sealed class SignInBuilder(NginxBuild build, ServerScope server, ForwardAuth auth, SignIn signIn)
{
    private const string Status = "confgen_auth_status";
    private const string Location = "confgen_auth_location";
    private const string Cookie = "confgen_auth_cookie";

    // What a location that relays has behind its name where it sends a client to sign in.
    private const string Suffix = "_sign_in";

    /// <summary>What is kept of the auth server's response.</summary>
    public IReadOnlyList<HeaderView> Kept =>
        [
            new("$" + Status, "$upstream_status"),
            new("$" + Cookie, "$upstream_http_set_cookie"),
            .. signIn.To is null ? [new HeaderView("$" + Location, "$upstream_http_location")] : (HeaderView[])[],
        ];

    /// <summary>The variable with the cookie of a refusal; empty for other responses.</summary>
    public static string CookieOf(NginxBuild build, SignIn signIn) =>
        build.Map(
            "sign_in_cookie",
            new MapView
            {
                Purpose = "sign_in_cookie",
                Source = signIn.To is null ? $"\"${Status} ${Location}\"" : "$" + Status,
                Variable = "",
                Lines = [new MapLineView("default", "\"\""), new MapLineView(signIn.To is null ? "\"~^401 .\"" : "401", "$" + Cookie)],
            }
        );

    /// <summary>Adds the location that redirects, and gives what leads there.</summary>
    /// <param name="relay">The location that relays a refusal.</param>
    /// <param name="refused">The location that relays, as a view: what it has of headers holds for the redirect.</param>
    public ErrorPageView Add(string relay, LocationView refused)
    {
        server.Locations.Add(
            new LocationView
            {
                Purpose = "sign_in",
                Matcher = relay + Suffix,
                RelativeRedirects = true,
                ServerHeader = refused.ServerHeader,
                Return = new ReturnView(
                    302,
                    signIn.To is { } to ? build.Template(to, auth.At.Of(ForwardAuthFields.SignIn)) : "$" + Location
                ),
            }
        );
        return new ErrorPageView([401], relay + (signIn.To is null ? "$" + SuffixWithLocation() : Suffix), TakesStatus: true);
    }

    private string SuffixWithLocation() =>
        build.Map(
            "sign_in_suffix",
            new MapView
            {
                Purpose = "sign_in_suffix",
                Source = "$" + Location,
                Variable = "",
                Lines = [new MapLineView("default", Suffix), new MapLineView("\"\"", "\"\"")],
            }
        );
}
