using Confgen.Cli.Output;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Cli;

/// <summary>How the program speaks to its caller, always on standard error.</summary>
internal static class ConsoleMessages
{
    /// <summary>Says what is wrong with the call, and the way out; gives the exit code.</summary>
    public static int Complain(this CliEnvironment surroundings, string problem, string? wayOut = null) =>
        surroundings.Complain(CallRules.BadCall, problem, wayOut);

    /// <summary>Says what ended the command, with its code, and the way out; gives the exit code.</summary>
    public static int Complain(this CliEnvironment surroundings, Rule rule, string problem, string? wayOut = null)
    {
        // What a caller wrote may be a secret as well: a script's calls are shown by CI.
        (problem, wayOut) = (Secrets.Hide(problem), wayOut is null ? null : Secrets.Hide(wayOut));
        var paint = new Paint(surroundings.ErrorTerminal.HasColours);
        surroundings.Complaints.Add(new Diagnostic(rule, SourceSpan.None, problem) { Hint = wayOut });
        surroundings.Error.WriteLine($"confgen: {paint.Red("error")} {rule.Code}: {Visible.Text(problem)}");
        if (wayOut is not null)
        {
            surroundings.Error.WriteLine($"  {paint.Cyan(Visible.Text(wayOut))}");
        }

        return ExitCode.BadCall;
    }

    /// <summary>Says what was done.</summary>
    public static void Say(this CliEnvironment surroundings, string line)
    {
        if (!surroundings.IsQuiet)
        {
            surroundings.Error.WriteLine(Visible.Text(line));
        }
    }
}
