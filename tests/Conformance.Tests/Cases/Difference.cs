using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>What a program does instead, and the compiler says so.</summary>
/// <param name="Program">The program.</param>
/// <param name="Since">The first version that does it, as in <c>caddy since 2.8</c>; null for the one that the cases are written
/// for.</param>
/// <param name="Declared">A piece of the diagnostic that declares it.</param>
/// <param name="Expect">What it does.</param>
/// <param name="Counts">How many of the repeated requests each backend gets, where that differs.</param>
/// <param name="Connections">How many of the upstream's connections they take, where that differs.</param>
internal sealed record Difference(
    string Program,
    TargetVersion? Since,
    string Declared,
    Expectation Expect,
    IReadOnlyDictionary<string, (int Least, int Most)>? Counts,
    int? Connections
);
