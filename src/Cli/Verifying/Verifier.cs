using System.Globalization;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Tunnels;

namespace Confgen.Cli.Verifying;

/// <summary>Asks the real programs, where they are installed, whether they take what is rendered: of the same spec in a sandbox.</summary>
internal sealed class Verifier(CliEnvironment surroundings, IReadOnlyList<ITargetProgram> programs)
{
    public static readonly Rule Refused = new(
        "CFG0450",
        "program-refuses",
        Severity.Error,
        "The real program refuses the rendered configuration"
    )
    {
        Why =
            "`build --verify` asks the installed program. What it refuses although confgen takes it is mostly a matter of this machine: a "
            + "certificate that isn't there, a module that isn't installed. It is asked about a copy of the spec: listeners, servers and "
            + "logs are on the loopback and in a private folder. If it is none of these, please report it.",
        Bad =
            "sites:\n  - host: a.example.com\n    tls: { cert: /nonexistent/a.pem, key: /nonexistent/a.key }\n    hsts: true\n"
            + "    proxy: http://127.0.0.1:3000\n",
        Good = "sites:\n  - host: a.example.com\n    listen: 18080\n    proxy: http://127.0.0.1:3000\n",
        Target = "nginx",
    };

    public static readonly Rule Warned = new(
        "CFG0451",
        "program-warns",
        Severity.Warning,
        "The real program takes the rendered configuration with a warning"
    )
    {
        Why =
            "`build --verify` asks the installed program; its own words stand in the message. A release that is newer than the one under "
            + "`targets.NAME.version` may call a directive deprecated: state the release you run.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
        Target = "nginx",
    };

    /// <summary>What the programs say, as diagnostics at the spec's lines where those can be told.</summary>
    public IReadOnlyList<Diagnostic> Ask(Compilation compilation, IReadOnlyList<RenderResult> results, Layout layout, TunnelSide? side)
    {
        var found = new List<Diagnostic>();
        foreach (RenderResult result in results)
        {
            found.AddRange(Ask(compilation, result.Target, layout, side));
        }

        return found;
    }

    private IEnumerable<Diagnostic> Ask(Compilation compilation, ITarget target, Layout layout, TunnelSide? side)
    {
        string name = target.Name;
        if (programs.FirstOrDefault(p => p.Target == name) is not { } program)
        {
            surroundings.Say($"{name}: no program to ask");
            return [];
        }

        if (Executables.Find(program.Executable, surroundings.Variable) is not { } executable)
        {
            surroundings.Say($"{name}: not verified, because {program.Executable} is not installed here");
            return [];
        }

        if (compilation.Spec is not { } spec)
        {
            return [];
        }

        using var folder = new TemporaryFolder();
        RenderResult result = compilation.With(SandboxedSpec.Of(spec, folder.Path)).Render(target, layout, side);
        if (result.Files.Count == 0)
        {
            surroundings.Say($"{name}: not verified, because the spec can't be tried on this machine's loopback");
            return [];
        }

        folder.Write(result.Files);
        if (program.Check(folder.Path, result.Files, layout) is not { } call)
        {
            surroundings.Say($"{name}: not verified, because {program.Executable} can't check this layout by itself");
            return [];
        }

        Diagnostic? version = InstalledVersion.Of(executable, program, folder.Path, surroundings.Stopping) is { } installed
            ? InstalledVersion.Compare(target, spec.SettingsOf(name), installed)
            : null;
        var complaints = new List<ProgramComplaint>();
        bool isGood = true;
        for (ProgramCall? one = call; one is not null; one = one.Next)
        {
            folder.Write(one.Files);
            (int code, string output) = ProgramRun.Of(executable, one, folder.Path, surroundings.Stopping);
            complaints.AddRange(program.Read(output, code != 0));
            isGood &= code == 0;
        }

        surroundings.Say($"{name}: {program.Executable} {(isGood ? "accepts" : "refuses")} the configuration");
        IEnumerable<Diagnostic> found = complaints.Select(c => DiagnosticOf(compilation, result, folder.Path, c));
        return [.. version is null ? [] : new[] { version }, .. found];
    }

    private static Diagnostic DiagnosticOf(Compilation compilation, RenderResult result, string folder, ProgramComplaint complaint)
    {
        string line = "";
        string place = "";
        if (
            complaint.File is { } file
            && result.Files.FirstOrDefault(f => file.EndsWith("/" + f.Path, StringComparison.Ordinal)) is { } rendered
        )
        {
            line = rendered.Text.Split('\n').ElementAtOrDefault(complaint.Line - 1) ?? "";
            place = string.Create(CultureInfo.InvariantCulture, $" ({result.Target.Name}/{rendered.Path}:{complaint.Line})");
        }

        SourceSpan span = SpecPlace.Find(compilation.Sources, complaint.Message, line);
        string message = $"{result.Target.Name} says: {complaint.Message.Replace(folder + "/", "", StringComparison.Ordinal)}{place}";
        return compilation.Secrets.Apply(
            new Diagnostic(complaint.IsError ? Refused : Warned, span, message)
            {
                Hint = line.Length > 0 ? "the line is: " + line.Trim() : null,
            }
        );
    }
}
