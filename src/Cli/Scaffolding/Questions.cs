using Confgen.Cli.Output;

namespace Confgen.Cli.Scaffolding;

/// <summary>Asks a person on a terminal, line by line; an empty answer takes what is offered.</summary>
internal sealed class Questions(CliEnvironment surroundings, TextReader responses)
{
    private readonly Paint _paint = new(surroundings.ErrorTerminal.HasColours);

    /// <summary>Asks until the answer can be read; null where the input ends.</summary>
    /// <param name="question">The question.</param>
    /// <param name="offered">What an empty answer means.</param>
    /// <param name="read">Reads an answer, or gives the problem.</param>
    public T? Ask<T>(string question, string offered, Func<string, (T? Value, string? Problem)> read)
        where T : class
    {
        while (true)
        {
            surroundings.Error.Write($"{_paint.Bold(Visible.Text(question))} [{offered}] ");
            surroundings.Error.Flush();
            if (responses.ReadLine() is not { } line)
            {
                surroundings.Error.WriteLine();
                return null;
            }

            string response = line.Trim();
            (T? value, string? problem) = read(response.Length == 0 ? offered : response);
            if (value is not null)
            {
                return value;
            }

            surroundings.Say("  " + problem);
        }
    }
}
