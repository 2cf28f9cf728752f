namespace Confgen.Conformance.Tests.Cases;

/// <summary>A case that can't be understood.</summary>
public sealed class CaseException(string message) : Exception(message);
