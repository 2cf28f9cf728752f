namespace Confgen.Runtime.Tests.Support;

internal static class Eventually
{
    /// <summary>Waits for a condition; a test never waits for a time alone.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        for (int i = 0; i < 2000; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(10);
        }

        Assert.Fail("never happened: " + what);
    }
}
