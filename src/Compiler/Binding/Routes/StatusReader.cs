using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads statuses and classes of them.</summary>
internal static class StatusReader
{
    public static readonly Rule BadStatus = new("CFG0119", "bad-status", Severity.Error, "Invalid status")
    {
        Why = "A status is a number from 100 to 599, or a class as `5xx`.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    errors: { 6xx: { body: sorry } }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    errors: { 5xx: { body: sorry } }\n",
    };

    public static StatusPattern? Bind(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "a status as 503 or 5xx") is not { } text)
        {
            return null;
        }

        if (StatusPattern.TryParse(text, out StatusPattern? status, out string? problem))
        {
            return status;
        }

        ScalarReader.Refuse(c, BadStatus, node.Span, problem);
        return null;
    }
}
