using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Builds what the templates see of <c>fastcgi</c>. Scripts are named by parameters and not by rewriting, which would read a <c>?</c> or a
/// <c>%</c> of a decoded path once more, and without Caddy's <c>split</c>, which cuts in the middle of a name.
/// </summary>
/// <param name="texts">Quotes for the site.</param>
internal sealed class FastCgiBuilder(CaddyQuoter texts)
{
    private const string NamedScript = "{re.script.1}";
    private const string BehindScript = "{re.script.2}";
    private const string Directory = "{re.directory.1}";
    private const string Bare = "{re.bare.0}";

    /// <summary>The scripts of a route.</summary>
    public FastCgiView Build(FastCgi fastCgi, ProxyView proxy)
    {
        SourceSpan at = fastCgi.At.Of(FastCgiFields.Root);
        string split = PathPattern.Escape(fastCgi.Split);
        return new FastCgiView
        {
            Proxy = proxy,
            RootFolder = texts.Value(fastCgi.Root, at),
            LocalRoot = texts.Value(fastCgi.LookupRoot, fastCgi.At.Of(FastCgiFields.LocalRoot)),
            Regex = texts.Regex($"(?s)^(.*?(?i:{split}))(/.*)?$", fastCgi.At.Of(FastCgiFields.Split)),
            Named = new ScriptView("@script-there", NamedScript, File(fastCgi, NamedScript, ""), BehindScript),
            Index = new ScriptView("@index-there", Directory + fastCgi.Index, File(fastCgi, Directory, fastCgi.Index)),
            Below = $"{Bare}/{fastCgi.Index}",
            Front = fastCgi.FrontController ? new ScriptView("", "/" + fastCgi.Index, File(fastCgi, null, "/" + fastCgi.Index)) : null,
            Params = [.. Params(fastCgi)],
        };
    }

    /// <summary>The regex that finds what may be a script or a copy of one.</summary>
    public static string SourceOf(CaddyQuoter texts, FastCgi fastCgi) =>
        texts.Regex($"(?i:{PathPattern.Escape(fastCgi.Split)})", fastCgi.At.Of(FastCgiFields.Split));

    private string File(FastCgi fastCgi, string? placeholder, string behind)
    {
        var root = new CaddyPart(fastCgi.Root.TrimEnd('/'), IsPlaceholder: false);
        var last = new CaddyPart(behind, IsPlaceholder: false);
        CaddyPart[] parts = placeholder is null ? [root, last] : [root, new CaddyPart(placeholder, IsPlaceholder: true), last];
        return texts.Value(parts, fastCgi.At.Of(FastCgiFields.Root));
    }

    private IEnumerable<string> Params(FastCgi fastCgi)
    {
        // The address of the client behind trusted proxies; without them Caddy's own is right.
        if (texts.TrustedProxies is not null && texts.ClientAddress.Length > 0)
        {
            yield return "REMOTE_ADDR " + texts.ClientAddress;
        }

        yield return "REDIRECT_STATUS 200";
        foreach (FastCgiParam param in fastCgi.Params)
        {
            yield return param.Name + " " + texts.Value(param.Value, param.At.Of(FastCgiFields.Params));
        }
    }
}
