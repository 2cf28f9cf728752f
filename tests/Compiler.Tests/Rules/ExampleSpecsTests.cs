using System.Runtime.CompilerServices;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Rules;

/// <summary>The shipped examples are what a newcomer copies: no rule has anything against them.</summary>
public sealed class ExampleSpecsTests
{
    public static TheoryData<string> Specs =>
        [
            .. Directory
                .EnumerateFiles(Folder(), "confgen.yaml", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Folder(), f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void An_example_raises_no_error_and_no_warning(string spec)
    {
        var host = new CompilerHost([], new ScribanTemplates(_ => null), new DiskFileSystem(), _ => null);
        IEnumerable<Diagnostic> found = Compilation
            .FromFile(host, Path.Combine(Folder(), spec))
            .Diagnostics.Where(d => d.Severity > Severity.Info);
        Assert.True(!found.Any(), string.Join("\n", found.Select(d => $"{d.Span} {d.Rule.Code} {d.Message}")));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../../../examples"));
}
