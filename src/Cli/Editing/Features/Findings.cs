using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Protocol;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Editing.Features;

/// <summary>Diagnostics in the protocol's shape.</summary>
internal static class Findings
{
    public static JsonObject Of(Diagnostic diagnostic)
    {
        var shown = new JsonObject
        {
            ["range"] = Shapes.Range(diagnostic.Span),
            ["severity"] = diagnostic.Severity switch
            {
                Severity.Error => 1,
                Severity.Warning => 2,
                _ => 3,
            },
            ["code"] = diagnostic.Rule.Code,
            ["source"] = "confgen",
            ["message"] = diagnostic.Hint is { } hint ? $"{diagnostic.Message}\n{hint}" : diagnostic.Message,
        };
        if (diagnostic.Related.Count > 0)
        {
            shown["relatedInformation"] = new JsonArray([
                .. diagnostic
                    .Related.Where(r => r.Span.IsSome)
                    .Select(r => new JsonObject { ["location"] = Shapes.Location(r.Span), ["message"] = r.Message }),
            ]);
        }

        return shown;
    }
}
