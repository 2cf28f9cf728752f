using Confgen.Cli.Verifying;

namespace Confgen.Cli.Tests.World;

/// <summary>The programs that tests ask themselves.</summary>
internal static class RealPrograms
{
    /// <summary>Whether a program can't be asked here; a failure where CI runs.</summary>
    public static bool IsMissing(string program)
    {
        bool missing = program != "serve" && Executables.Find(program, Environment.GetEnvironmentVariable) is null;
        Assert.False(
            missing && Environment.GetEnvironmentVariable("CI") == "true",
            program + " is not installed, and where CI runs it must be"
        );
        return missing;
    }
}
