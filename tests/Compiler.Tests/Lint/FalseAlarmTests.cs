using Confgen.Compiler.Tests.Support;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>What looks like a mistake and is none.</summary>
public sealed class FalseAlarmTests
{
    [Fact]
    public void A_second_hop_that_ends_at_an_application_is_no_loop() =>
        Assert.DoesNotContain(
            "CFG0309",
            Findings.Codes(
                """
                sites:
                  - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:8081" }
                  - { host: a.example.com, listen: 8081, proxy: "http://127.0.0.1:3000" }

                """
            )
        );

    [Fact]
    public void A_second_hop_that_comes_back_is_one() =>
        Assert.Contains(
            "CFG0309",
            Findings.Codes(
                """
                sites:
                  - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:8081" }
                  - { host: a.example.com, listen: 8081, proxy: "http://127.0.0.1:8080" }

                """
            )
        );

    [Fact]
    public void A_plain_listener_that_only_this_machine_reaches_is_not_served_beside_https() =>
        Assert.DoesNotContain(
            "CFG0331",
            Findings.Codes(
                """
                sites:
                  - { host: a.example.com, tls: internal, redirect_http: false, proxy: "http://127.0.0.1:3000" }
                  - { host: a.example.com, listen: "127.0.0.1:80", proxy: "http://127.0.0.1:3000" }

                """
            )
        );

    [Theory]
    [InlineData("Forwarded", "for={client_ip};proto={scheme}")]
    [InlineData("X-Forwarded-For", "{client_ip}")]
    public void A_field_that_the_proxy_does_not_write_in_this_form_may_be_set(string name, string value) =>
        Assert.DoesNotContain(
            "CFG0312",
            Findings.Codes(
                $"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:3000\", headers: {{ request: {{ set: {{ {name}: "
                    + $"\"{value}\" }} }} }} }}\n"
            )
        );
}
