using Confgen.Cli.Testing.OnPrograms;

namespace Confgen.Cli.Testing;

/// <summary>Where tests are run, beside the model.</summary>
/// <param name="On">Programs that are started here.</param>
/// <param name="Against">URLs of deployments.</param>
/// <param name="AnyCertificate">Whether deployments may show any certificate.</param>
internal sealed record TestPlan(IReadOnlyList<string> On, IReadOnlyList<string> Against, bool AnyCertificate)
{
    /// <summary>Why it can't be done here, with the way out; null where it can.</summary>
    public (string Problem, string WayOut)? Fault(CliEnvironment surroundings)
    {
        foreach (string name in On)
        {
            if (ProgramChoice.Fault(surroundings, name) is { } fault)
            {
                return fault;
            }
        }

        foreach (string url in Against)
        {
            if (UrlOf(url) is null)
            {
                return ($"invalid URL '{url}' for requests", "write http:// or https://, a host and a port, as http://127.0.0.1:8080");
            }
        }

        return null;
    }

    /// <summary>The URL of a deployment: a scheme, a host, a port, and nothing else.</summary>
    public static Uri? UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.Scheme is "http" or "https"
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? url
            : null;
}
