using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>log</c>.</summary>
public static class LogFields
{
    public static readonly WordField<AccessLogFormat> Format = new(
        "format",
        "`json`: an object a line. `combined`: as Apache and nginx.",
        AccessLogFormat.Json,
        [("json", AccessLogFormat.Json), ("combined", AccessLogFormat.Combined)]
    );

    public static readonly TextField Output = new(
        "output",
        "An absolute file name, `stdout` or `stderr`.",
        new AccessLog().Output,
        TypeSchema.Path
    )
    {
        Example = "/var/log/chat.log",
    };

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        new TypeSchema.Choice("off", "json", "combined"),
        TypeSchema.Boolean,
        new TypeSchema.Fields(() => LogFields.Schema!)
    );

    public static readonly ObjectSchema Schema = new("log", "An access log.", Format, Output);
}
