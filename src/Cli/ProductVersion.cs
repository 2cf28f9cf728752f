using System.Reflection;

namespace Confgen.Cli;

/// <summary>This program's version.</summary>
internal static class ProductVersion
{
    /// <summary>As <c>0.1.0</c>, without the commit that the build appends.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split(
            '+'
        )[0];
}
