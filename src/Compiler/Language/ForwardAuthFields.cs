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

    public static readonly Field CopyHeaders = new(
        "copy_headers",
        new TypeSchema.ListOf(TypeSchema.HeaderName),
        "Headers of its response that the upstream gets instead of the client's own."
    )
    {
        Example = "[Remote-User]",
    };

    public static readonly ObjectSchema Schema = new(
        "forward_auth",
        "Each request is first shown to an auth server, with GET, without its body, and with `X-Forwarded-Method`, "
            + "`-Uri`, `-Host`, `-Proto` and `-For`.",
        Url,
        CopyHeaders
    );
}
