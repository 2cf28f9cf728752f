namespace Confgen.Runtime.Tests.Support;

/// <summary>Tests that measure what the whole process holds, so that no other may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
