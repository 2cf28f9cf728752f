using Confgen.Cli.Building;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Runtime;

namespace Confgen.Cli.Serving;

/// <summary>Compiles the spec that is to be served, at the start and at each reload, and tells what stands against it.</summary>
internal sealed class SpecTaker(CliEnvironment surroundings, SpecInput input, ServeSettings settings, ServeLog log, ProxyServer server)
{
    private bool _isTold;

    /// <summary>Compiles the spec and tells what was found; null where it has errors.</summary>
    public Compilation? Compile(ChangeTrackingFiles files)
    {
        Compilation compilation = input.Compile(Compilers.Create(surroundings, files: files), surroundings);

        // What is only noted was told at the start.
        Diagnostic[] told = [.. compilation.Diagnostics.Concat(Limits(compilation)).Where(d => !_isTold || d.Severity != Severity.Info)];
        _isTold = true;
        var report = new Report(input.Name, told, compilation.Sources);
        if (log.IsJson)
        {
            told.ToList().ForEach(d => log.Write(d.Severity, $"{d.Span}: {compilation.Secrets.Message(d.Message)} [{d.Rule.Code}]"));
        }
        else
        {
            ReportFormats.Find("text", surroundings.ErrorTerminal, surroundings).Write(surroundings.Error, [report]);
        }

        if (report.ExitCode(settings.IsStrict) != ExitCode.Good || compilation.Spec is not { } spec)
        {
            Diagnostic? first = told.FirstOrDefault(d => d.Severity == Severity.Error) ?? told.FirstOrDefault();
            server.NoteBadSpec(first is null ? "" : compilation.Secrets.Message($"{first.Span}: {first.Message} [{first.Rule.Code}]"));
            return null;
        }

        // The files that are read when the spec is taken. The certificates of sites are watched by those who show them.
        foreach (
            string file in spec.Sites.Select(s => s.Tls?.ClientCa).Append(spec.Acme.CaRoot).Concat(spec.ServerTlsFiles).OfType<string>()
        )
        {
            files.FileExists(file);
        }

        return compilation;
    }

    /// <summary>What of the spec this proxy does with a difference; what it can't do, the start tells.</summary>
    private IReadOnlyList<Diagnostic> Limits(Compilation compilation) =>
        surroundings.Targets().FirstOrDefault(t => t is not IRenderingTarget) is { } own
            ? [.. compilation.Render(own, Layout.Complete).Diagnostics.Where(d => d.Severity != Severity.Error)]
            : [];

    /// <summary>Serves a compiled spec; tells why where that can't be.</summary>
    public async Task<bool> TryServeAsync(Compilation compilation)
    {
        IReadOnlyList<StartFailure> failures = compilation.Spec is { } spec
            ? await server.ServeAsync(spec, compilation.Secrets.Message)
            : [];
        foreach (StartFailure failure in failures)
        {
            string message = compilation.Secrets.Message(failure.Message);
            if (log.IsJson)
            {
                log.Error($"{(failure.At.IsSome ? $"{failure.At}: " : "")}{message} [{CallRules.CannotServe.Code}]");
            }
            else
            {
                new TextFormat(surroundings.ErrorTerminal).WriteError(
                    surroundings.Error,
                    CallRules.CannotServe,
                    failure.At,
                    message,
                    compilation.Sources
                );
            }
        }

        return failures.Count == 0;
    }
}
