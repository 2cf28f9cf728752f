using Confgen.Compiler.Rendering;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Compose;

namespace Confgen.Targets.Caddy.Labels;

/// <summary>
/// Says a Caddyfile by labels of compose services: a site at the service that it forwards to first, all else at Caddy's own.
/// </summary>
internal static class CaddyCompose
{
    private const string Forwards = "reverse_proxy";

    /// <summary>The services with their labels. What the plugin would write otherwise is reported.</summary>
    /// <param name="context">Where.</param>
    /// <param name="container">Caddy's own service.</param>
    /// <param name="document">The Caddyfile.</param>
    /// <param name="version">The release that reads it.</param>
    public static ComposeView Of(RenderContext context, string container, CaddyDocument document, CaddyVersion version)
    {
        var services = new ComposeServices();
        var all = new List<CaddyLabel>();
        CaddyNode[] blocks = [.. document.Nodes.Where(static node => node.Kind != CaddyNodeKind.Comment)];
        for (int i = 0; i < blocks.Length; i++)
        {
            string service = ServiceOf(blocks[i]) ?? container;
            foreach (CaddyLabel label in CaddyLabelWriter.Of(blocks[i], i, document.Source))
            {
                services.Label(service, label.Name, label.Value);
                all.Add(label);
            }
        }

        // The plugin quotes words in its own way, which not every word survives.
        CaddyNode[] read = [.. CaddyParser.Parse(CaddyLabelReader.Read(all, version), version).Nodes];
        string[] wanted = [.. blocks.Select(Shown).Order(StringComparer.Ordinal)];
        if (!wanted.SequenceEqual(read.Select(Shown).Order(StringComparer.Ordinal)))
        {
            string lost = wanted.Except(read.Select(Shown)).FirstOrDefault("a site");
            context.ReportNotExpressible(
                context.Settings.At.Of("output"),
                $"labels, of which caddy-docker-proxy would make other words than in '{lost.Split('\n')[0]}'",
                "build a Caddyfile, or leave out texts that hold both a backquote and a quote, or end with a backslash"
            );
        }

        return new ComposeView(context.Version.ToString(), services.All());
    }

    // The words of a block and of what is in it; matchers come first.
    private static string Shown(CaddyNode node) =>
        string.Join(' ', node.Tokens.Select(static token => token.Text))
        + string.Concat(
            (node.Block ?? [])
                .Where(static child => child.Kind != CaddyNodeKind.Comment)
                .OrderBy(static child => child.Name.StartsWith('@') ? 0 : 1)
                .Select(static child => "\n{" + Shown(child) + "}")
        );

    private static string? ServiceOf(CaddyNode node) =>
        node.Name == Forwards
            ? node.Tokens[1..].Select(static token => ServiceOf(token.Text)).FirstOrDefault(static service => service is not null)
            : (node.Block ?? []).Select(ServiceOf).FirstOrDefault(static service => service is not null);

    private static string? ServiceOf(string word) =>
        ServerAddress.TryParse(word.Contains("://", StringComparison.Ordinal) ? word : "http://" + word, out ServerAddress? address, out _)
        && word.Contains(':', StringComparison.Ordinal)
        && ComposeServices.IsName(address.Host)
            ? address.Host
            : null;
}
