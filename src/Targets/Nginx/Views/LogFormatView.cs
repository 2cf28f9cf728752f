namespace Confgen.Targets.Nginx.Views;

/// <summary>A log format.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">The pieces of its text, quoted.</param>
internal sealed record LogFormatView(string Name, IReadOnlyList<string> Parts);
