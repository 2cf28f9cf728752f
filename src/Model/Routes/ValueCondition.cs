using Confgen.Model.Globs;

namespace Confgen.Model.Routes;

/// <summary>A name that must occur with a value.</summary>
/// <param name="Name">The header's name (any case), or the parameter's or cookie's (with its case).</param>
/// <param name="Value">What the value must match.</param>
public sealed record ValueCondition(string Name, ValuePattern Value);
