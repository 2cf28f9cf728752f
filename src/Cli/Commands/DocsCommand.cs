using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Documents;
using Confgen.Cli.Reference;
using Confgen.Cli.Scaffolding;
using Confgen.Cli.Writing;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen docs</c>: prints the documentation that the code holds. For who works on confgen itself.</summary>
internal static class DocsCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder to write to." };
        var evidence = new Option<string>("--evidence")
        {
            HelpName = "DIR",
            Description = "The folder that says which conformance cases prove fields.",
            Required = true,
        };
        var check = Parameters.Flag("--check", "Write nothing; fail where a file is not current.");
        var verb = new Verb("docs", "Write the documentation that is generated from the code.") { Hidden = true };
        verb.Add(folder);
        verb.Add(evidence);
        verb.Add(check);
        verb.SetAction(call =>
            Run(
                surroundings,
                call.GetValue(folder) ?? "docs",
                call.GetValue(evidence) ?? "",
                call.GetValue(check),
                call.RootCommandResult.Command as RootCommand
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string folder, string evidence, bool check, RootCommand? verbs)
    {
        var root = new OutputRoot(surroundings.FullPath(folder), folder);
        OutputFile[] files =
        [
            .. Pages(surroundings, evidence, verbs ?? Verbs.Root(surroundings))
                .Select(p => new OutputFile(root, p.Path, Encoding.UTF8.GetBytes(Lines(p.Path, p.Text)), HoldsSecrets: false)),
        ];
        OutputFile[] changed = [.. files.Where(f => OutputFolder.StateOf(f) != OutputState.Same)];
        string[] stale = [.. StalePages(root, files)];
        foreach (string page in changed.Select(f => f.Shown).Concat(stale))
        {
            surroundings.Error.WriteLine($"{(check ? "not current: " : "wrote ")}{page}");
        }

        if (check)
        {
            return changed.Length + stale.Length == 0 ? ExitCode.Good : ExitCode.Differs;
        }

        if (changed.FirstOrDefault(f => OutputFolder.Fault(f) is not null) is { } bad)
        {
            return surroundings.Complain(CallRules.CannotWrite, OutputFolder.Fault(bad) ?? "");
        }

        new OutputTransaction(surroundings.Clock).Write(changed);
        foreach (string page in stale)
        {
            File.Delete(page);
        }

        return ExitCode.Good;
    }

    private static IEnumerable<(string Path, string Text)> Pages(CliEnvironment surroundings, string evidence, RootCommand verbs)
    {
        FieldCatalogue catalogue = Compilers.Create(surroundings).Catalogue;
        yield return ("reference.md", ReferencePage.Of(catalogue));
        yield return (
            "capabilities.md",
            CapabilitiesPage.Of(catalogue, surroundings.Targets(), new CaseEvidence(surroundings.FullPath(evidence)))
        );
        foreach (IRenderingTarget target in surroundings.Targets().OfType<IRenderingTarget>())
        {
            if (target.Constants is { } constants)
            {
                yield return ($"{target.Name}-files.md", ConstantsPage.Of(target, constants));
            }
        }

        yield return (SchemaCommand.UsualFile, JsonSchema.Of(catalogue.Objects[0]));
        yield return ("applications.md", ApplicationsPage.Of(Application.All));
        yield return ("confgen.1", ManualPage.Of(verbs));
        yield return ("diagnostics/README.md", DiagnosticsIndex.Of(AllRules.ByCode));
        foreach (Rule rule in AllRules.ByCode)
        {
            yield return ($"diagnostics/{rule.Code}.md", RulePage.Markdown(rule));
        }
    }

    private static string Lines(string path, string text) =>
        path.EndsWith(".md", StringComparison.Ordinal) ? MarkdownLines.Wrap(text) : text;

    // The page of a rule that is gone.
    private static IEnumerable<string> StalePages(OutputRoot root, OutputFile[] files)
    {
        string folder = Path.Combine(root.FullPath, "diagnostics");
        return !Directory.Exists(folder)
            ? []
            : Directory
                .GetFiles(folder, "CFG*.md")
                .Except(files.Select(f => f.FullPath), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
    }
}
