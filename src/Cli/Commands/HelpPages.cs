using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Confgen.Cli.Commands;

/// <summary>Help: the parser's own sections, then the verb's examples.</summary>
internal static class HelpPages
{
    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().First();
        if (help.Action is SynchronousCommandLineAction sections)
        {
            help.Action = new WithExamples(sections);
        }
    }

    /// <summary>Whether a call asks for help.</summary>
    public static bool AreMeant(ParseResult call) => call.Action is WithExamples;

    private static VerbExample[] ExamplesOf(Command command) =>
        command switch
        {
            Verb verb => [.. verb.Examples],
            _ => [.. command.Subcommands.OfType<Verb>().Where(v => !v.Hidden && v.Examples.Count > 0).Select(v => v.Examples[0])],
        };

    private sealed class WithExamples(SynchronousCommandLineAction sections) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = sections.Invoke(parseResult);
            VerbExample[] examples = ExamplesOf(parseResult.CommandResult.Command);
            if (examples.Length > 0)
            {
                TextWriter output = parseResult.InvocationConfiguration.Output;
                int width = examples.Max(e => e.Line.Length);
                output.WriteLine("Examples:");
                foreach (VerbExample example in examples)
                {
                    output.WriteLine($"  {example.Line.PadRight(width)}  {example.What}");
                }
            }

            return code;
        }
    }
}
