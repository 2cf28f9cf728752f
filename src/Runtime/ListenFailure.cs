using Confgen.Model.Sites;

namespace Confgen.Runtime;

/// <summary>An address that can't be bound.</summary>
/// <param name="Address">Where the spec says it.</param>
/// <param name="Message">What is wrong, with the way out.</param>
public sealed record ListenFailure(ListenAddress Address, string Message);
