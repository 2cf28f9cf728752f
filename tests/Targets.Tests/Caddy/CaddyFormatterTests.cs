using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Tests.Caddy;

public sealed class CaddyFormatterTests(ITestOutputHelper output)
{
    private const string Untidy = """
          # what it is
        {
            email    ops@example.com # who is told


            servers :443 {   # why
            protocols h1 h2 }

        }
        """;

    private const string Mixed = """
          # what it is
        {
            email    ops@example.com # who is told


            servers :443 {   # why
            protocols h1 h2
            }

        }
        (common)   {
            encode {
              match  {
               header Content-Type "text/plain*"
              }
            }
        }
        a.test,   b.test:8443 {

          import common
          @api path_regexp ^/api(?:/|$)
          # the API
          handle @api {
          }


          respond `{"a": "b c"}`   200
          header X "\{host\}  {host}"
        }
        c.test {
          respond "two
          lines  # no comment"
        }
        """;

    private const string Tidy = """
        # what it is
        {
        	email ops@example.com # who is told

        	servers :443 {
        		# why
        		protocols h1 h2
        	}
        }

        (common) {
        	encode {
        		match {
        			header Content-Type "text/plain*"
        		}
        	}
        }

        a.test, b.test:8443 {
        	import common
        	@api path_regexp ^/api(?:/|$)
        	# the API
        	handle @api {
        	}

        	respond `{"a": "b c"}` 200
        	header X "\{host\}  {host}"
        }

        c.test {
        	respond "two
          lines  # no comment"
        }

        """;

    [Fact]
    public void A_brace_at_the_end_of_a_line_closes_nothing() => Assert.NotNull(CaddyParser.Parse(Untidy, new CaddyVersion(6, 2)).Problem);

    [Fact]
    public void The_text_becomes_what_caddy_fmt_would_write()
    {
        CaddyDocument document = CaddyParser.Parse(Mixed, new CaddyVersion(6, 2));
        Assert.Null(document.Problem);
        Assert.Equal(Tidy, CaddyFormatter.Format(document));
    }

    [Fact]
    public void The_real_caddy_fmt_has_nothing_to_change()
    {
        if (!RealCaddy.IsMissing(output))
        {
            Assert.Equal(Tidy, RealCaddy.Format(Tidy));
        }
    }
}
