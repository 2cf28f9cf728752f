using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>error_page</c>.</summary>
public static class ErrorPageFields
{
    public static readonly Field File = new("file", TypeSchema.Path, "A file whose content is the body.")
    {
        Example = "/var/www/maintenance.html",
    };

    public static readonly Field Body = new("body", TypeSchema.Text, "The body itself, as it is.") { Example = "back soon" };

    public static readonly TextField ContentType = new("content_type", "The Content-Type of `body`.", RespondFields.ContentType.Fallback);

    public static readonly Field Proxy = new(
        "proxy",
        TypeSchema.Text,
        "An upstream, by name or URL, that gets the request whole; its response and its status are the client's."
    );

    public static readonly IntegerField Status = new(
        "status",
        "The status sent with a file or a body; the error's own unless written.",
        null,
        200,
        599
    )
    {
        Example = "503",
    };

    public static readonly ObjectSchema Schema = new(
        "error_page",
        "The response for an error: exactly one of `file`, `body` and `proxy`.",
        File,
        Body,
        ContentType,
        Proxy,
        Status
    )
    {
        Refuses = [new Shape.All(RespondFields.BodilessStatus, new Shape.Without("proxy"))],
    };
}
