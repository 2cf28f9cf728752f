using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>forward_auth</c>.</summary>
public static class ForwardAuthFields
{
    public static readonly Field Url = new("url", TypeSchema.RequestUrl, "The auth server with the path that is asked for.")
    {
        Required = true,
        Example = "http://127.0.0.1:9091/verify",
    };

    public static readonly Field Tls = new(
        "tls",
        new TypeSchema.Fields(() => UpstreamTlsFields.Schema),
        "How TLS is spoken to an auth server with an `https://` URL."
    )
    {
        Example = "{ ca: ca.pem }",
    };

    public static readonly Field CopyHeaders = new(
        "copy_headers",
        new TypeSchema.ListOf(TypeSchema.HeaderName),
        "Headers of its response that the upstream gets instead of the client's own."
    )
    {
        Example = "[Remote-User]",
    };

    /// <summary>The word for the Location field of the auth server's response.</summary>
    public const string Location = "location";

    public static readonly Field SignIn = new(
        "sign_in",
        new TypeSchema.AnyOf(new TypeSchema.Choice(Location), TypeSchema.Template),
        "Where a client is sent with 302 if the auth server responds with 401: a URL or a path with placeholders, or `location` for the "
            + "Location of its response. Its cookies go along."
    )
    {
        Example = "https://auth.example.com/login?rd={scheme}://{host}{uri}",
    };

    public static readonly ObjectSchema Schema = new(
        "forward_auth",
        "Each request is first shown to an auth server, with GET, without its body, and with `X-Forwarded-Method`, "
            + "`-Uri`, `-Host`, `-Proto` and `-For`.",
        Url,
        Tls,
        CopyHeaders,
        SignIn
    );
}
