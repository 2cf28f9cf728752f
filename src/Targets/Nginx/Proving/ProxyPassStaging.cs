using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Targets.Nginx.Proving;

/// <summary>
/// Leads a <c>proxy_pass</c> to a mock. Variables stay variables, since nginx treats a URL with them in another way: what <c>set</c> gives
/// them is changed instead.
/// </summary>
/// <param name="pass">The directive.</param>
/// <param name="http">The http block.</param>
/// <param name="places">The mocks.</param>
internal sealed partial class ProxyPassStaging(StagedNode pass, StagedNode http, IStagingPlaces places)
{
    public void Change()
    {
        Match url = Url().Match(pass.First);
        if (!url.Success || Value(url.Groups["host"].Value) is not { } host)
        {
            return;
        }

        string scheme = Value(url.Groups["scheme"].Value) ?? "http";
        Set(url.Groups["scheme"].Value, "http");
        bool isNamed = http.Children!.Exists(c => c is { Name: "upstream", Children: not null } && c.First == host);
        if (isNamed)
        {
            Write(url, url.Groups["host"].Value, null);
            return;
        }

        string? portText = url.Groups["port"].Success ? Value(url.Groups["port"].Value) : null;
        int port =
            int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : scheme == "https" ? 443
            : 80;
        string mock = places.Server(host, port);
        string mockPort = mock[(mock.LastIndexOf(':') + 1)..];
        string hostText = Set(url.Groups["host"].Value, "127.0.0.1") ? url.Groups["host"].Value : "127.0.0.1";
        string written = url.Groups["port"].Success && Set(url.Groups["port"].Value, mockPort) ? url.Groups["port"].Value : mockPort;
        Write(url, hostText, written);
    }

    private void Write(Match url, string host, string? port)
    {
        string scheme = url.Groups["scheme"].Value.StartsWith('$') ? url.Groups["scheme"].Value : "http";
        pass.Arguments[0] = $"{scheme}://{host}{(port is null ? "" : ":" + port)}{url.Groups["rest"].Value}";
    }

    // What a piece of the URL stands for; null where that isn't known.
    private string? Value(string piece) => piece.StartsWith('$') ? Find(piece)?.Original[1] : piece;

    // Gives a variable another value; false where the piece is none.
    private bool Set(string piece, string value)
    {
        if (!piece.StartsWith('$') || Find(piece) is not { } set)
        {
            return false;
        }

        set.Arguments[1] = value;
        return true;
    }

    private StagedNode? Find(string variable)
    {
        string name = "$" + variable.Trim('$', '{', '}');
        foreach (StagedNode block in pass.Parent!.Around())
        {
            if (block.Children?.FindLast(c => c is { Name: "set", Arguments.Count: 2 } && c.First == name) is { } set)
            {
                return set.Original[1].Contains('$', StringComparison.Ordinal) ? null : set;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"^(?<scheme>https?|\$\{?\w+\}?)://(?<host>unix:[^:]+:|\[[^\]]+\]|\$\{?\w+\}?|[^/:$]+)(:(?<port>[0-9]+|\$\{?\w+\}?))?(?<rest>.*)\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Url();
}
