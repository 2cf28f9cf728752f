namespace Confgen.Targets.Tests.Snapshots;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Confgen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests don't run from within the working tree");
    }
}
