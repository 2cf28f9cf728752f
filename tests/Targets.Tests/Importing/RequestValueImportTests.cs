using Confgen.Targets.Importing;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Values of the request by name, as programs write them and as a spec does.</summary>
public sealed class RequestValueImportTests
{
    [Theory]
    [InlineData("$http_x_api_key", "{header.X-Api-Key}")]
    [InlineData("a$cookie_session.", "a{cookie.session}.")]
    [InlineData("$arg_page", "{query.page}")]
    [InlineData("$server_port", "{port}")]
    public void Nginx_reads_a_request_by_variables(string value, string said)
    {
        ImportResult result = NginxTexts.Import(
            "http { server { listen 80; listen 81; location / { proxy_pass http://127.0.0.1:1; "
                + $"proxy_set_header X-A \"{value}\"; }} }} }}"
        );
        Assert.Contains($"X-A: \"{said}\"", result.Spec, StringComparison.Ordinal);
    }

    [Fact]
    public void What_clients_say_of_themselves_is_lost()
    {
        ImportResult result = NginxTexts.Import(
            "http { server { listen 80; location / { proxy_pass http://127.0.0.1:1; "
                + "proxy_set_header X-A $http_x_forwarded_proto; } } }"
        );
        Assert.Single(result.Directives, d => d.Fate == ImportFate.Lost);
    }

    [Theory]
    [InlineData("{header.X-Api-Key}", "{header.X-Api-Key}")]
    [InlineData("{http.request.cookie.session}", "{cookie.session}")]
    [InlineData("p{query.page}", "p{query.page}")]
    public void Caddy_reads_a_request_by_placeholders(string value, string said)
    {
        ImportResult result = CaddyTexts.Import($"a.example.com {{\n\theader X-A {value}\n\trespond ok\n}}\n");
        Assert.Contains($"X-A: \"{said}\"", result.Spec, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "location ~ ^/u/(?<id>[0-9]+)$ { return 301 https://b.example.com/$1/$id; }",
        "to: \"https://b.example.com/{path.1}/{path.id}\""
    )]
    [InlineData("rewrite ^/old/(.*)$ /new/$1 permanent;", "to: \"/new/{path.1}\"")]
    public void Nginx_redirects_to_what_a_group_matched(string lines, string said) =>
        Assert.Contains(said, NginxTexts.Import($"http {{ server {{ listen 80; {lines} }} }}").Spec, StringComparison.Ordinal);

    [Fact]
    public void Caddy_redirects_to_what_a_group_matched() =>
        Assert.Contains(
            "to: \"https://b.example.com/{path.1}\"",
            CaddyTexts
                .Import("a.example.com {\n\t@old path_regexp old ^/old/(.*)$\n\tredir @old https://b.example.com/{re.old.1}\n}\n")
                .Spec,
            StringComparison.Ordinal
        );

    [Fact]
    public void Groups_of_another_regex_are_none_of_the_route() =>
        Assert.DoesNotContain(
            "{path.1}",
            CaddyTexts
                .Import(
                    "a.example.com {\n\t@old {\n\t\tpath_regexp old ^/old/(.*)$\n\t\theader_regexp agent User-Agent (.*)\n\t}\n"
                        + "\tredir @old https://b.example.com/{re.agent.1}\n}\n"
                )
                .Spec,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_parameter_that_Caddy_decodes_is_noted()
    {
        ImportResult result = CaddyTexts.Import("a.example.com {\n\tredir https://b.example.com/?q={query.q}\n}\n");
        Assert.Contains(
            result.Directives,
            d => d.Text.StartsWith("redir", StringComparison.Ordinal) && d.Reason?.Contains("not decoded") == true
        );
    }
}
