using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Guards;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds an auth server.</summary>
internal static class ForwardAuthBinder
{
    public static readonly ObjectSchema Schema = new(
        "forward_auth",
        "Each request is first shown to an auth server, with GET, without its body, and with `X-Forwarded-Method`, `-Uri`, `-Host`, `-Proto` and `-For`.",
        new("url", TypeSchema.RequestUrl, "The auth server with the path that is asked for.") { Required = true, Example = "http://127.0.0.1:9091/verify" },
        new("copy_headers", new TypeSchema.ListOf(TypeSchema.HeaderName), "Headers of its answer that the upstream gets instead of the client's own.") { Example = "[Remote-User]" });

    public static ForwardAuth? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        var copied = o.List("copy_headers", n => HeaderEditsBinder.Name(c, n));
        if (o.Get("url") is not { } url || ScalarReader.Text(c, url, "a URL") is not { } text)
        {
            return null;
        }

        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        int slash = scheme < 0 ? -1 : text.IndexOf('/', scheme + 3);
        (string server, string target) = slash < 0 ? (text, "/") : (text[..slash], text[slash..]);
        if (!ServerAddress.TryParse(server, out ServerAddress? address, out string? problem))
        {
            ScalarReader.Refuse(c, ServerBinder.BadUrl, url.Span, problem);
            return null;
        }

        if (!target.All(ch => ch is > ' ' and < '\x7F' and not '#'))
        {
            c.Diagnostics.Report(PathText.BadPath, url.Span, $"'{target}' is no request target");
            return null;
        }

        return c.Written(new ForwardAuth { At = o.Source, Server = address, Target = target, CopyHeaders = copied });
    }
}
