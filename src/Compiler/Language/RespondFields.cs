using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>respond</c>.</summary>
public static class RespondFields
{
    private static readonly RespondAction _default = new();

    public static readonly IntegerField Status = new("status", "The status, 200 to 599.", _default.Status, 200, 599);

    public static readonly Field Body = new("body", TypeSchema.Text, "The body, as it is: braces are no placeholders here.")
    {
        Example = "\"ok\\n\"",
    };

    public static readonly TextField ContentType = new("content_type", "The Content-Type.", _default.ContentType);

    /// <summary>Statuses whose response ends after its head (RFC 9110, section 6.4.1).</summary>
    internal static readonly Shape BodilessStatus = new Shape.With("status", new Shape.Word("204", "205", "304"));

    public static readonly ObjectSchema Schema = new("respond", "A fixed response, to every method.", Status, Body, ContentType)
    {
        Refuses = [new Shape.All(BodilessStatus, new Shape.With("body", new Shape.Not(new Shape.Word(""))))],
    };
}
