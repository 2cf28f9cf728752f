namespace Confgen.Targets.Caddy.Views;

/// <summary>A media type and the file names that have it.</summary>
/// <param name="Extension">As <c>.css</c>.</param>
/// <param name="Type">As <c>text/css</c>, quoted.</param>
internal sealed record MediaTypeView(string Extension, string Type);
