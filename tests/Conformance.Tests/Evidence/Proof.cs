namespace Confgen.Conformance.Tests.Evidence;

/// <summary>A case that passes on a program and fails there without a field: the program honours the field.</summary>
/// <param name="Field">The field's name in the catalogue, as <c>route.strip_prefix</c>.</param>
/// <param name="Program">The program's name in cases.</param>
/// <param name="Case">The case's folder below <c>cases/</c>.</param>
/// <param name="WithAnother">Whether the field is required, so that the case fails with another value instead.</param>
internal sealed record Proof(string Field, string Program, string Case, bool WithAnother)
{
    private const string Another = "with another value";
    private const string Without = "without it";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static Proof Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new Proof(parts[0], parts[1], parts[2], parts[3] == Another);
    }

    public override string ToString() => $"{Field}\t{Program}\t{Case}\t{(WithAnother ? Another : Without)}";
}
