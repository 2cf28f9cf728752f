using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Model;

namespace Confgen.Runtime.Tests.Support;

internal static class Specs
{
    /// <summary>A spec's model; the spec must have no error.</summary>
    public static Spec Read(string yaml)
    {
        var host = new CompilerHost([], new ScribanTemplates(_ => null), new DiskFileSystem(), _ => null);
        Compilation compilation = Compilation.FromText(host, new SourceText("spec.yaml", yaml));
        return compilation.Spec
            ?? throw new InvalidOperationException(string.Join("\n", compilation.Diagnostics.Select(d => $"{d.Span}: {d.Message}")));
    }
}
