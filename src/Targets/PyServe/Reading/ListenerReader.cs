using System.Net;
using Confgen.Compiler.Syntax;
using Confgen.Model.Units;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Reads where PyServe listens, and with which certificate.</summary>
internal static class ListenerReader
{
    /// <summary>The site's <c>listen</c>.</summary>
    public static SyntaxNode? Listen(ConfigFile config)
    {
        if (ConfigFile.Scalar(config.Server, "host") is not { } host || ConfigFile.Scalar(config.Server, "port") is not { } port)
        {
            return null;
        }

        switch (host.Value)
        {
            case "":
                return SpecNodes.Word(port.Value, port.Span);
            case "localhost":
                return SpecNodes.Text($"127.0.0.1:{port.Value}", host.Span);
            case var text when IpAddresses.TryParse(text, out IPAddress? address):
                return SpecNodes.Text(
                    address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                        ? $"[{address}]:{port.Value}"
                        : $"{address}:{port.Value}",
                    host.Span
                );
            case var name:
                config.Report(
                    ReadingRules.BadValue,
                    host.Span,
                    $"invalid listen address '{name}'",
                    "write the address, or \"\" for every address"
                );
                return null;
        }
    }

    /// <summary>The site's <c>tls</c>; null for plain HTTP.</summary>
    public static SyntaxNode? Tls(ConfigFile config)
    {
        if (config.Ssl is not { } ssl || ConfigFile.Boolean(ssl, "enabled") != true)
        {
            return null;
        }

        foreach (string key in new[] { "cert_file", "key_file" })
        {
            if (ConfigFile.Scalar(ssl, key) is null)
            {
                config.Report(
                    ReadingRules.BadValue,
                    ssl.Span,
                    $"'ssl' is enabled without '{key}'",
                    $"add '{key}: FILE.pem': without it PyServe serves plain HTTP"
                );
            }
        }

        return SpecNodes.Map(ssl.Span, ("cert", ssl.Find("cert_file")), ("key", ssl.Find("key_file")));
    }
}
