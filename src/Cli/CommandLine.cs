using System.CommandLine;
using Confgen.Cli.Commands;
using Confgen.Cli.Output;

namespace Confgen.Cli;

/// <summary>The way from arguments to an exit code. No exception leaves it.</summary>
internal static class CommandLine
{
    // A file name may start with '@': no response files.
    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    public static int Run(IReadOnlyList<string> arguments, CliEnvironment surroundings)
    {
        try
        {
            return Dispatch(arguments, surroundings);
        }
        catch (OperationCanceledException) when (surroundings.Stopping.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return surroundings.Complain(CallRules.CannotWrite, e.Message);
        }
        catch (Exception e)
        {
            return ReportBug(surroundings, e);
        }
        finally
        {
            surroundings.Out.Flush();
            surroundings.Error.Flush();
        }
    }

    private static int Dispatch(IReadOnlyList<string> arguments, CliEnvironment surroundings)
    {
        // `confgen help build` is what many people type first.
        if (arguments is ["help", ..])
        {
            arguments = [.. arguments.Skip(1), "--help"];
        }

        RootCommand root = Verbs.Root(surroundings);
        Option<string> colour = Parameters.Colour();
        Option<bool> quiet = Parameters.Quiet();
        root.Add(colour);
        root.Add(quiet);
        HelpPages.AddTo(root);
        ParseResult call = root.Parse(arguments, _parsing);
        var output = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (arguments.Count == 0)
        {
            output.Output = surroundings.Error;
            root.Parse(["--help"], _parsing).Invoke(output);
            return ExitCode.BadCall;
        }

        surroundings.IsQuiet = call.GetResult(quiet) is not null && call.GetValue(quiet);
        bool? colours = Parameters.Given(call.RootCommandResult, colour) is [.., var when]
            ? when switch
            {
                "always" => true,
                "never" => false,
                _ => null,
            }
            : null;
        (surroundings.OutTerminal.Colour, surroundings.ErrorTerminal.Colour) = (colours, colours);
        return UsageErrors.Of(call) is var (problem, wayOut) ? surroundings.Complain(problem, wayOut) : call.Invoke(output);
    }

    private static int ReportBug(CliEnvironment surroundings, Exception e)
    {
        var paint = new Paint(surroundings.ErrorTerminal.HasColours);
        string trace = string.IsNullOrEmpty(surroundings.Variable("CONFGEN_TRACE"))
            ? "please report it with the output of the same call under CONFGEN_TRACE=1"
            : e.ToString();
        surroundings.Error.WriteLine(
            $"confgen {ProductVersion.Text}: {paint.Red("error")} {CallRules.InternalError.Code}: internal error: "
                + $"{Visible.Text(e.Message)} ({e.GetType().Name}); {trace}"
        );
        return ExitCode.InternalError;
    }
}
