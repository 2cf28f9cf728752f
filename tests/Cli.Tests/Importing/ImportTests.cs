using System.Text.Json;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Importing;

/// <summary><c>confgen import</c>: a spec, a report, and an exit code that says whether something is lost.</summary>
public sealed class ImportTests
{
    private const string Good = """
        http {
            server {
                listen 80;
                server_name app.example.com;
                location / {
                    proxy_pass http://127.0.0.1:3000;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    sendfile on;
                }
            }
        }
        """;

    private static readonly string Lossy = Good.Replace("sendfile on", "sub_filter a b", StringComparison.Ordinal);

    [Fact]
    public void The_spec_goes_to_standard_output_and_the_report_to_standard_error()
    {
        using Session session = Importing(Good);
        Said said = session.Run("import", "nginx.conf").Gives(0);
        Assert.Equal(
            """
            sites:
              - host: app.example.com
                proxy: "http://127.0.0.1:3000"
                max_body: 1MiB

            """,
            said.Out
        );
        Assert.Equal("9 directives in 1 file: 0 lost, 4 said, 4 implied, 1 tuning\n", said.Error);
    }

    [Fact]
    public void What_is_lost_is_an_exit_code_unless_that_is_allowed()
    {
        using Session session = Importing(Lossy);
        Said said = session.Run("import", "nginx.conf").Gives(1);
        Assert.Contains("nginx.conf:9: lost: sub_filter a b\n    bodies of responses aren't changed\n", said.Error);
        session.Run("import", "nginx.conf", "--allow-loss").Gives(0);
    }

    [Fact]
    public void It_is_written_to_a_file_that_is_not_there_and_validates_and_is_formatted()
    {
        using Session session = Importing(Good);
        session.Run("import", "nginx.conf", "-o", "spec.yaml").Gives(0);
        session.Run("validate", "spec.yaml").Gives(0);
        session.Run("fmt", "--check", "spec.yaml").Gives(0);
        session.Run("import", "nginx.conf", "-o", "spec.yaml").Gives(2);
        session.Run("import", "nginx.conf", "-o", "spec.yaml", "--force").Gives(0);
    }

    [Fact]
    public void The_report_as_json_holds_every_directive()
    {
        using Session session = Importing(Lossy);
        Said said = session.Run("import", "nginx.conf", "--format", "json", "-o", "spec.yaml").Gives(1);
        using JsonDocument report = JsonDocument.Parse(said.Error);
        Assert.Equal("spec.yaml", report.RootElement.GetProperty("spec").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("counts").GetProperty("lost").GetInt32());
        JsonElement.ArrayEnumerator directives = report.RootElement.GetProperty("directives").EnumerateArray();
        Assert.Equal(9, directives.Count());
        Assert.Contains(
            directives,
            d =>
                d.GetProperty("fate").GetString() == "said"
                && d.GetProperty("line").GetInt32() == 6
                && d.GetProperty("paths")[0].GetString() == "sites[0].proxy"
        );
    }

    [Fact]
    public void The_output_of_nginx_comes_from_standard_input()
    {
        using var session = new Session { Input = "# configuration file /etc/nginx/nginx.conf:\n" + Good };
        Assert.Contains("127.0.0.1:3000", session.Run("import", "-").Gives(0).Out);
    }

    [Fact]
    public void A_file_that_is_missing_or_of_no_program_is_a_bad_call()
    {
        using Session session = Importing(Good);
        File.WriteAllText(Path.Combine(session.Folder, "text"), "this is prose\n");
        session.Run("import", "missing.conf").Gives(2);
        Assert.Contains("--from", session.Run("import", "text").Gives(2).Error);
        Assert.Contains("--map", session.Run("import", "nginx.conf", "--map", "x").Gives(2).Error);
        session.Run("import").Gives(2);
    }

    private static Session Importing(string text)
    {
        var session = new Session();
        File.WriteAllText(Path.Combine(session.Folder, "nginx.conf"), text);
        return session;
    }
}
