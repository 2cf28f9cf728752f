using System.Reflection;
using System.Text.RegularExpressions;
using Confgen.Compiler.Lint;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Tests;

/// <summary>Dependencies go one way, so that a change stays in its room.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void The_model_depends_on_nothing() => Assert.Empty(Foreign(typeof(Model.Spec).Assembly));

    [Fact]
    public void The_opener_of_files_depends_on_nothing() => Assert.Empty(Foreign(typeof(Files.RegularFile).Assembly));

    [Fact]
    public void The_compiler_depends_on_the_model_and_its_packages() =>
        Assert.Equal(["Confgen.Files", "Confgen.Model", "Scriban.Signed", "YamlDotNet"], Foreign(typeof(Compiler.Compilation).Assembly));

    [Fact]
    public void The_compiler_names_no_target()
    {
        string[] targets =
        [
            .. Directory
                .GetDirectories(Path.Combine(Root, "src/Targets"))
                .Select(Path.GetFileName)
                .OfType<string>()
                .Where(n => n is not ("bin" or "obj")),
        ];
        Assert.NotEmpty(targets);
        Assert.DoesNotContain(
            Sources("src/Compiler"),
            f => targets.Any(t => Regex.IsMatch(File.ReadAllText(f), $@"using Confgen\.Targets|\b{t}Target\b"))
        );
    }

    // What several targets stand on is no target.
    private static readonly string[] Shared = ["Compose", "Importing", "Raw", "Yaml"];

    [Fact]
    public void No_target_knows_another()
    {
        foreach (string folder in Directory.GetDirectories(Path.Combine(Root, "src/Targets")))
        {
            string own = Path.GetFileName(folder);
            Assert.DoesNotContain(
                Sources("src/Targets/" + own),
                f =>
                    Regex
                        .Matches(File.ReadAllText(f), @"using Confgen\.Targets\.(\w+)")
                        .Any(m => m.Groups[1].Value != own && !Shared.Contains(m.Groups[1].Value))
            );
        }
    }

    [Fact]
    public void The_lists_made_at_compile_time_hold_what_reflection_finds()
    {
        Assert.Equal(Classes<ITarget>(), TargetCatalogue.All.Select(t => t.GetType().FullName).Order(StringComparer.Ordinal));
        Assert.Equal(Classes<ITargetProgram>(), ProgramCatalogue.All.Select(p => p.GetType().FullName).Order(StringComparer.Ordinal));
        Assert.Equal(Classes<IImporter>(), ImporterCatalogue.All.Select(i => i.GetType().FullName).Order(StringComparer.Ordinal));
        Assert.Equal(Rules(typeof(TargetCatalogue).Assembly), TargetRules.All().Select(r => r.Code).Order(StringComparer.Ordinal));
        Assert.Equal(Rules(typeof(Compiler.Compilation).Assembly), RuleCatalogue.All().Select(r => r.Code).Order(StringComparer.Ordinal));

        static IEnumerable<string?> Classes<T>() =>
            typeof(TargetCatalogue)
                .Assembly.GetTypes()
                .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(T)))
                .Select(t => t.FullName)
                .Order(StringComparer.Ordinal);

        static IEnumerable<string> Rules(Assembly assembly) =>
            assembly
                .GetTypes()
                .Where(t => !t.ContainsGenericParameters)
                .SelectMany(t =>
                    t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                )
                .Select(f => f.FieldType == typeof(Rule) ? f.GetValue(null) : null)
                .OfType<Rule>()
                .Select(r => r.Code)
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_folder_of_templates_belongs_to_a_target() =>
        Assert.All(
            Directory.GetDirectories(Path.Combine(Root, "templates")),
            d => Assert.Contains(TargetCatalogue.All, t => t.Name == Path.GetFileName(d))
        );

    private static string[] Foreign(Assembly assembly) =>
        [
            .. assembly
                .GetReferencedAssemblies()
                .Select(a => a.Name)
                .OfType<string>()
                .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && n is not ("netstandard" or "mscorlib"))
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

    internal static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Confgen.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("the tests run outside of a checkout");
        }
    }
}
