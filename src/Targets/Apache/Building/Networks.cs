using Confgen.Model.Units;

namespace Confgen.Targets.Apache.Building;

/// <summary>Networks as httpd writes them.</summary>
internal static class Networks
{
    /// <summary>The network, or its two halves where it has every address of a family, for which httpd knows no mask.</summary>
    public static IEnumerable<string> Of(Cidr network) =>
        network.ToString() switch
        {
            "0.0.0.0/0" => ["0.0.0.0/1", "128.0.0.0/1"],
            "::/0" => ["::/1", "8000::/1"],
            var text => [text],
        };
}
