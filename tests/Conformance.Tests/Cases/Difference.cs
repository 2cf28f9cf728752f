namespace Confgen.Conformance.Tests.Cases;

/// <summary>What a program does instead, and the compiler says so.</summary>
/// <param name="Declared">A piece of the diagnostic that declares it.</param>
/// <param name="Expect">What it does.</param>
internal sealed record Difference(string Declared, Expectation Expect);
