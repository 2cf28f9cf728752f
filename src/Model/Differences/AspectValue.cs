namespace Confgen.Model.Differences;

/// <summary>What an aspect is.</summary>
/// <param name="Aspect">The aspect.</param>
/// <param name="Value">Its value, which compares by value; what compares equal behaves equally.</param>
/// <param name="Text">The value in words.</param>
public sealed record AspectValue(Aspect Aspect, object Value, string Text);
