namespace Confgen.Cli;

/// <summary>What is known of the terminal behind an output.</summary>
/// <param name="isTerminal">Whether there is one.</param>
/// <param name="width">Its columns, asked only where there is one; 0 where that is unknown.</param>
/// <param name="variable">The environment.</param>
internal sealed class Terminal(Lazy<bool> isTerminal, Func<int> width, Func<string, string?> variable)
{
    private const int UsualWidth = 100;

    /// <summary>Whether a person is likely to read this as it comes.</summary>
    public bool IsTerminal => isTerminal.Value;

    /// <summary>Whether colours are wanted, where the call says it (<c>--color</c>); else null.</summary>
    public bool? Colour { get; set; }

    /// <summary>
    /// Whether colours are wanted: on a terminal alone, unless <c>NO_COLOR</c> (no-color.org) is set or the terminal is <c>dumb</c>.
    /// <c>FORCE_COLOR</c> is for CI systems, which show colours without being terminals.
    /// </summary>
    public bool HasColours =>
        Colour
        ?? (
            string.IsNullOrEmpty(variable("NO_COLOR"))
            && (!string.IsNullOrEmpty(variable("FORCE_COLOR")) || (IsTerminal && variable("TERM") != "dumb"))
        );

    /// <summary>The columns to fill.</summary>
    public int Width => IsTerminal && width() is > 20 and var columns ? columns : UsualWidth;
}
