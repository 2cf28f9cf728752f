using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets.PyServe.Reading;
using Confgen.Targets.PyServe.Syntax;
using Confgen.Targets.PyServe.Views;

namespace Confgen.Targets.PyServe;

/// <summary>PyServe, an asyncio web server and reverse proxy; its last release is 0.5.0.</summary>
internal sealed class PyServeTarget : IRenderingTarget, ISpecFormat
{
    /// <summary>The first release with routing extensions, and so with a way to refuse single paths.</summary>
    public static readonly TargetVersion Extensions = new(0, 5);

    public string Name => "pyserve";

    public string Title => "PyServe, a small asyncio web server: one listener, prefixes that are cut, one server behind each";

    public ObjectSchema Settings { get; } =
        new(
            "targets.pyserve",
            "What only PyServe needs.",
            new Field("version", TypeSchema.Text, "The release that will read the output, `\"0.4.1\"` to `\"0.5\"`, in quotes.")
            {
                Default = "\"0.5\"",
                Example = "\"0.4.1\"",
            }
        );

    public CapabilityTable Capabilities => PyServeCapabilities.Table;

    public IReadOnlyList<TargetVersion> Versions { get; } = [new(0, 4, 1), new(0, 4, 2), new(0, 5)];

    public TargetVersion DefaultVersion => Versions[^1];

    public void Check(RenderContext context) => PyServeCheck.Run(context);

    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        const string file = "config.yaml";
        string text = PyServeFormatter.Format(
            context.Templates.Render("pyserve/config.yaml.scriban", PyServeView.Of(context.Spec, context.Version))
        );
        foreach (PyServeFinding finding in PyServeGrammar.Check(file, text))
        {
            context.ReportBadOutput(file, finding.Span.Line, finding.Span.Column, finding.Message);
        }

        return context.HasErrors ? [] : [new RenderedFile(file, text)];
    }

    public bool Recognizes(MapSyntax root) => PyServeReader.Recognizes(root);

    public MapSyntax? Convert(MapSyntax root, IFileSystem files, DiagnosticBag diagnostics) =>
        PyServeReader.Convert(root, files, diagnostics);
}
