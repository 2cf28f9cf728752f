namespace Confgen.Conformance.Tests.Wire;

/// <summary>A header line: its name as it was spelled, and its value without the space around it.</summary>
internal readonly record struct Field(string Name, string Value)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Name}: {Value}";
}
