namespace Confgen.Model.Catalogues;

/// <summary>
/// A partial method that returns <c>T[]</c>: one new object of each class of the assembly that is a <c>T</c>. Written at compile time.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachTypeAttribute : Attribute;
