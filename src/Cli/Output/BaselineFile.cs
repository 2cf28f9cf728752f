namespace Confgen.Cli.Output;

/// <summary>Reads a baseline from a file.</summary>
internal static class BaselineFile
{
    /// <summary>The baseline; null where it can't be read, which is told.</summary>
    public static Baseline? Read(CliEnvironment surroundings, string name)
    {
        try
        {
            using var reader = new StreamReader(surroundings.Files.Open(name));
            return Baseline.Read(reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            surroundings.Complain(
                CallRules.CannotRead,
                $"can't read the baseline '{name}': {(e is FormatException ? e.Message : "no such file, or it can't be opened")}",
                "write one with 'confgen validate --write-baseline FILE'"
            );
            return null;
        }
    }
}
