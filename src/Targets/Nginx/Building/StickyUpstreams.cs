using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Sticky sessions before nginx had them: a block for each server, with the others as its backups; the cookie, or for a new client a
/// draw, chooses the block.
/// </summary>
internal sealed class StickyUpstreams(NginxBuild build, UpstreamBuilder upstreams)
{
    public UpstreamTarget Make(Upstream upstream, UpstreamTarget target)
    {
        UpstreamServer[] chosen = [.. upstream.Servers.Where(s => !s.Backup && !s.Down)];
        if (chosen.Length == 0)
        {
            chosen = [.. upstream.Servers];
        }

        string cookie = upstream.Balance.Key ?? "";
        string[] ids = [.. chosen.Select(IdOf)];
        string[] names = new string[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            names[i] = build.Groups.New(upstream.Name, (i + 1).ToString(CultureInfo.InvariantCulture));
            upstreams.Views.Add(upstreams.Block(upstream, names[i], upstream.Servers, chosen[i]));
        }

        string drawn = build.Map(NginxNames.Join(upstream.Name, "drawn"), new MapView
        {
            Kind = "split_clients",
            Comment = NginxBuild.Comment($"the server of a new session of {upstream.Name}"),
            Source = "$request_id",
            Variable = "",
            Lines = Shares(chosen, ids),
        });
        string given = "$" + GivenBy(cookie, upstream);
        string session = build.Map(NginxNames.Join(upstream.Name, "session"), new MapView
        {
            Comment = "# the server that the cookie names, or the one that was drawn",
            Source = given,
            Variable = "",
            Lines = [new MapLineView("default", "$" + drawn), .. ids.Select(id => new MapLineView("~^" + id + "$", id))],
        });
        string group = build.Map(NginxNames.Join(upstream.Name, "server"), new MapView
        {
            Source = "$" + session,
            Variable = "",
            Lines = [new MapLineView("default", names[0]), .. ids.Select((id, i) => new MapLineView(id, names[i]))],
        });
        string setCookie = build.Map(NginxNames.Join(upstream.Name, "cookie"), new MapView
        {
            Comment = "# set once a session",
            Source = given,
            Variable = "",
            Lines =
            [
                new MapLineView("default", build.Use(new NginxText().Literal(cookie + "=").Variable(session).Literal("; Path=/; HttpOnly").ToQuoted(), upstream.At.Of("balance"))),
                .. ids.Select(id => new MapLineView("~^" + id + "$", "\"\"")),
            ],
        });
        return target with { Authority = "$" + group, SetCookie = "$" + setCookie };
    }

    /// <summary>The variable with the cookie's value. nginx's own names of variables have letters, digits and underscores alone.</summary>
    private string GivenBy(string cookie, Upstream upstream)
    {
        if (cookie.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return "cookie_" + cookie;
        }

        string value = build.Capture("cookie_value");
        return build.Map(NginxNames.Join("cookie", cookie), new MapView
        {
            Comment = "# a variable of its own, because nginx knows none for this cookie's name",
            Source = "$http_cookie",
            Variable = "",
            Lines =
            [
                new MapLineView("default", "\"\""),
                new MapLineView(build.Use(NginxQuoting.RegexKey($"(?:^|; ?){NginxQuoting.EscapeRegex(cookie)}=(?<{value}>[^;]*)"), upstream.At.Of("balance")), "$" + value),
            ],
        });
    }

    /// <summary>Made from the address, so that it stays when servers are added, and tells a client nothing about it.</summary>
    private static string IdOf(UpstreamServer server) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.Address.ToString())).AsSpan(0, 6));

    private static List<MapLineView> Shares(UpstreamServer[] servers, string[] ids)
    {
        int sum = servers.Sum(s => s.Weight);
        var lines = new List<MapLineView>();
        for (int i = 0; i < servers.Length - 1; i++)
        {
            lines.Add(new MapLineView(string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(10000m * servers[i].Weight / sum) / 100:0.##}%"), ids[i]));
        }

        lines.Add(new MapLineView("*", ids[^1]));
        return lines;
    }
}
