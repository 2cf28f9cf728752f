namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program that did not start with what it was given to read.</summary>
public sealed class ProxyFailedException(string message) : Exception(message);
