namespace Confgen.Tests.Slots;

/// <summary>A stretch of a spec's text that holds a scalar.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after it.</param>
/// <param name="Prefix">What stands before the value, as <c>tunnel:</c> before a name.</param>
internal readonly record struct SlotRange(int Start, int End, string Prefix = "");
