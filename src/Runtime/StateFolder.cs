namespace Confgen.Runtime;

/// <summary>The folder of what must outlive a run.</summary>
internal static class StateFolder
{
    /// <summary>The one that was given, else <c>confgen</c> below the user's data directory (XDG).</summary>
    public static string Of(ProxyOptions options) =>
        options.StateDirectory
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "confgen"
        );
}
