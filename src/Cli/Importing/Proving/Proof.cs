using System.Text.RegularExpressions;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Cli.Importing.Proving;

/// <summary>Proves an import.</summary>
internal static partial class Proof
{
    /// <summary>Runs the original and the spec. Gives why that can't be done, or null.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="importer">What has read the original.</param>
    /// <param name="request">The original.</param>
    /// <param name="import">What the import has told.</param>
    /// <param name="spec">The spec's text.</param>
    /// <param name="program">The original's program; the installed one unless given.</param>
    /// <param name="result">What was seen.</param>
    public static string? Run(
        CliEnvironment surroundings,
        IImporter importer,
        ImportRequest request,
        ImportResult import,
        string spec,
        string? program,
        out ProofResult? result
    )
    {
        result = null;
        if (importer is not IProvingImporter proving)
        {
            return $"a configuration of {importer.Name} can't be run beside the spec: --prove is there for "
                + string.Join(", ", ImporterCatalogue.All.Where(static i => i is IProvingImporter).Select(static i => i.Name));
        }

        // Files that the spec names and this machine lacks are empty.
        CompilerHost host = Compilers.Create(surroundings, files: new LenientFiles(surroundings.Files));
        Compilation compilation = Compilation.FromText(host, new SourceText("confgen.yaml", WithFiles(spec)));
        if (compilation.Spec is not { } valid)
        {
            Diagnostic? error = compilation.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error);
            return $"the spec can't be run as it is: {error?.Span}: {error?.Message}";
        }

        using var progress = new Progress(surroundings);
        try
        {
            result = new Prover(surroundings, compilation, valid, import, progress)
                .RunAsync(proving, request, program)
                .GetAwaiter()
                .GetResult();
            return null;
        }
        catch (IOException e)
        {
            int at = Math.Max(
                e.Message.IndexOf("Error: ", StringComparison.Ordinal),
                e.Message.IndexOf("[emerg] ", StringComparison.Ordinal)
            );
            return $"{importer.Name} doesn't run the configuration here: {e.Message[Math.Max(at, 0)..]}";
        }
    }

    // Every program can serve certificates of files, which are made for the occasion, and not every one gets its own.
    private static string WithFiles(string spec) =>
        From()
            .Replace(
                Managed().Replace(spec, "${indent}${key}{ cert: /certificate.pem, key: /key.pem }"),
                "${indent}cert: /certificate.pem\n${indent}key: /key.pem"
            );

    [GeneratedRegex(@"^(?<indent> *(- )?)(?<key>tls: )(auto|internal)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Managed();

    [GeneratedRegex(@"^(?<indent> *)from: (auto|internal)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();
}
