using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Model.Tests.Rules;

/// <summary>A site's rules, then the route's; within each, removals, then set, then add.</summary>
public sealed class EffectiveHeadersTests
{
    [Fact]
    public void The_route_has_the_last_word()
    {
        HeaderEdit edit = Assert.Single(
            Response(new HeaderEdits { Set = [Value("X-A", "site")] }, new HeaderEdits { Set = [Value("x-a", "route")] })
        );
        Assert.True(edit.Drops);
        Assert.Equal(["route"], Texts(edit));
    }

    [Fact]
    public void Add_appends_to_what_is_there()
    {
        HeaderEdit edit = Assert.Single(
            Response(new HeaderEdits { Set = [Value("Vary", "A")] }, new HeaderEdits { Add = [Value("Vary", "B")] })
        );
        Assert.True(edit.Drops);
        Assert.Equal(["A", "B"], Texts(edit));
    }

    [Fact]
    public void Add_alone_keeps_the_upstreams_lines() =>
        Assert.False(Assert.Single(Response(new HeaderEdits(), new HeaderEdits { Add = [Value("Vary", "B")] })).Drops);

    [Fact]
    public void Remove_takes_away_what_the_site_set()
    {
        HeaderEdit edit = Assert.Single(
            Response(new HeaderEdits { Set = [Value("X-A", "site")] }, new HeaderEdits { Remove = [new HeaderName { Name = "X-A" }] })
        );
        Assert.True(edit.Drops);
        Assert.Empty(edit.Values);
    }

    [Fact]
    public void Hsts_and_cache_control_are_headers_that_rules_may_change()
    {
        var site = new Site { Hsts = new Hsts { IncludeSubdomains = true } };
        Route route = new()
        {
            Path = new PathMatcher { Kind = PathMatcherKind.Prefix, Text = "/" },
            Action = new RespondAction(),
            CacheControl = "no-store",
        };
        Assert.Equal(
            ["Strict-Transport-Security: max-age=31536000; includeSubDomains", "Cache-Control: no-store"],
            EffectiveHeaders.Response(site, route).Select(e => $"{e.Name}: {Texts(e).Single()}")
        );
    }

    private static IReadOnlyList<HeaderEdit> Response(HeaderEdits site, HeaderEdits route) =>
        EffectiveHeaders.Response(
            new Site { Headers = new HeaderRules { Response = site } },
            new Route
            {
                Path = new PathMatcher { Kind = PathMatcherKind.Prefix, Text = "/" },
                Action = new RespondAction(),
                Headers = new HeaderRules { Response = route },
            }
        );

    private static HeaderValue Value(string name, string value) => new() { Name = name, Value = TextTemplate.Literal(value) };

    private static IEnumerable<string?> Texts(HeaderEdit edit) => edit.Values.Select(v => v.AsLiteral);
}
