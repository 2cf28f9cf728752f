namespace Confgen.Model.Catalogues;

/// <summary>
/// A partial method that returns <c>T[]</c>: the value of each static field of type <c>T</c> in the assembly. Written at compile time.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachFieldAttribute : Attribute;
