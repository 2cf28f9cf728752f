namespace Confgen.Cli.Tests.World;

/// <summary>What a call gave.</summary>
internal sealed record Said(int Code, string Out, string Error)
{
    /// <summary>Fails with everything that was said where the code is another.</summary>
    public Said Gives(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}\n--- out\n{Out}\n--- error\n{Error}");
        return this;
    }
}
