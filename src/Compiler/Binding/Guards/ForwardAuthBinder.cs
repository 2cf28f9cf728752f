using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Guards;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds an auth server.</summary>
internal static class ForwardAuthBinder
{
    public static ForwardAuth? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, ForwardAuthFields.Schema);
        var copied = o.List(ForwardAuthFields.CopyHeaders, n => HeaderEditsBinder.Name(c, n));
        if (o.Get(ForwardAuthFields.Url) is not { } url || ScalarReader.Text(c, url, "a URL") is not { } text)
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
            c.Diagnostics.Report(PathText.BadPath, url.Span, $"invalid request target '{target}'");
            return null;
        }

        return c.Written(
            new ForwardAuth
            {
                At = o.Source,
                Server = address,
                Target = target,
                Tls = o.Get(ForwardAuthFields.Tls) is { } tls ? UpstreamTlsBinder.Bind(c, tls) : new UpstreamTls(),
                CopyHeaders = copied,
                SignIn = o.Get(ForwardAuthFields.SignIn) is { } signIn ? BindSignIn(c, signIn) : null,
            }
        );
    }

    private static SignIn? BindSignIn(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { Value: ForwardAuthFields.Location })
        {
            return new SignIn(null);
        }

        if (TemplateReader.Bind(c, node, header: true) is not { } to)
        {
            return null;
        }

        if (to.Uses(Placeholder.Group))
        {
            c.Diagnostics.Report(
                TemplateReader.BadTemplate,
                node.Span,
                "a group of a route's regex isn't known where a client is sent to sign in"
            );
        }
        else if (to.Parts is not [{ Literal: ['/', ..] } or { Literal: ['h', 't', 't', 'p', ..] } or { Literal: null }, ..])
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                $"expected a URL, a path, or '{ForwardAuthFields.Location}'",
                "as https://auth.example.com/login?rd={scheme}://{host}{uri}"
            );
        }

        return new SignIn(to);
    }
}
