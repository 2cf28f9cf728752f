using System.Text;
using Confgen.Cli.Scaffolding;

namespace Confgen.Cli.Documents;

/// <summary>The applications that <c>init --app</c> knows, with their specs.</summary>
internal static class ApplicationsPage
{
    public static string Of(IReadOnlyList<Application> applications)
    {
        var page = new StringBuilder("# Applications\n\n");
        page.Append(
            "`confgen init --app NAME` writes a first spec for an application that people host themselves, with what it needs of a proxy. "
                + "`--host`, `--to` and `--tls` take the place of the host, the address and the certificates here:\n\n"
                + "```sh\nconfgen init --app nextcloud --host cloud.example.com --to 11000 --tls /etc/ssl/sites\n"
                + "confgen test                             # on the model; --on nginx,caddy,serve on the real programs\n```\n\n"
                + "The tests of each spec pass on the model, on nginx, on Caddy and on `confgen serve`. "
                + $"They are written for {Application.SampleHost} with certificates by ACME.\n\n"
        );
        foreach (Application application in applications)
        {
            page.Append(
                $"- [{application.Name}](#{application.Name}): {application.Title[(application.Title.IndexOf(':') + 1)..].Trim()}\n"
            );
        }

        foreach (Application application in applications)
        {
            page.Append($"\n## {application.Name}\n\n```yaml\n{application.Spec}```\n");
        }

        return page.ToString();
    }
}
