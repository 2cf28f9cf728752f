using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds an access log: a word, or a map with the output.</summary>
internal static class LogBinder
{
    private static readonly (string, AccessLogFormat)[] _formats =
    [
        ("off", AccessLogFormat.Off),
        ("json", AccessLogFormat.Json),
        ("combined", AccessLogFormat.Combined),
    ];

    public static AccessLog? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not MapSyntax)
        {
            (string, AccessLogFormat)[] words = [.. _formats, ("false", AccessLogFormat.Off), ("true", AccessLogFormat.Json)];
            return
                ScalarReader.Word(
                    c,
                    node,
                    words,
                    word => word.StartsWith('/') || word is "stdout" or "stderr" ? $"{{ output: {YamlScalar.Of(word)} }}" : null
                )
                    is { } format
                ? c.Written(new AccessLog { Format = format, At = ObjectReader.OfShort(node, LogFields.Schema, LogFields.Format) })
                : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, LogFields.Schema);
        string output = o.Read(LogFields.Output);
        if (output is not ("stdout" or "stderr"))
        {
            if (!output.StartsWith('/') || output.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0)
            {
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    o.Get(LogFields.Output)?.Span ?? node.Span,
                    $"'{output}' is neither stdout, stderr nor an absolute file name"
                );
            }
        }

        return c.Written(
            new AccessLog
            {
                At = o.Source,
                Format = o.Word(LogFields.Format, LogFields.Format.Fallback, _formats),
                Output = output,
            }
        );
    }
}
