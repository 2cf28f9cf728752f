using Confgen.Model.Templates;

namespace Confgen.Model.Rules;

/// <summary>What happens to one header in one direction: whether the lines that are there go, and which lines come.</summary>
/// <param name="Name">The name as it was written last.</param>
/// <param name="Drops">Whether the lines that are there are removed.</param>
/// <param name="Values">The lines that are appended.</param>
public sealed record HeaderEdit(string Name, bool Drops, ValueList<TextTemplate> Values);
