using Confgen.Compiler;
using Confgen.Files;

namespace Confgen.Cli.Compiling;

/// <summary>The spec that a call is about.</summary>
/// <param name="Name">Its name as the user gave it, or <c>&lt;stdin&gt;</c>.</param>
internal sealed record SpecInput(string Name)
{
    private const string StandardInput = "<stdin>";

    private static readonly string[] _usual = ["confgen.yaml", "confgen.yml"];

    /// <summary>Whether it comes from standard input.</summary>
    public bool IsStandardInput => Name == StandardInput;

    /// <summary>Finds the spec; where there is none, says so and gives null.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="given">What the call names, or null.</param>
    public static SpecInput? Find(CliEnvironment surroundings, string? given)
    {
        if (given == "-")
        {
            return new SpecInput(StandardInput);
        }

        if (given is null)
        {
            if (_usual.FirstOrDefault(surroundings.Files.FileExists) is { } usual)
            {
                return new SpecInput(usual);
            }

            surroundings.Complain(
                CallRules.NoSpec,
                "there is no confgen.yaml in this folder",
                "name a spec, or write a first one with 'confgen init'"
            );
            return null;
        }

        if (surroundings.Files.FileExists(given))
        {
            return new SpecInput(given);
        }

        switch (surroundings.Files.KindOf(given))
        {
            case FileKind.Missing:
                surroundings.Complain(
                    CallRules.NoSpec,
                    $"there is no file '{given}'",
                    "name a spec, or write a first one with 'confgen init'"
                );
                break;
            case FileKind.Directory:
                surroundings.Complain(CallRules.NoSpec, $"'{given}' is a folder, not a spec");
                break;
            case var other:
                surroundings.Complain(
                    CallRules.NoSpec,
                    $"'{given}' is {other.Noun()}, not a regular file",
                    "pass its content on standard input, with - as the spec"
                );
                break;
        }

        return null;
    }

    /// <summary>Compiles it.</summary>
    public Compilation Compile(CompilerHost host, CliEnvironment surroundings)
    {
        if (!IsStandardInput)
        {
            return Compilation.FromFile(host, Name);
        }

        using Stream input = surroundings.Input();
        return Compilation.FromStream(host, Name, input);
    }
}
