namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>A part of a condition.</summary>
internal abstract class Clause
{
    /// <summary>One of these holds.</summary>
    internal sealed class AnyOf(params IReadOnlyList<Atom> atoms) : Clause
    {
        public IReadOnlyList<Atom> Atoms => atoms;
    }

    /// <summary>A condition doesn't hold.</summary>
    internal sealed class Not(Condition inner) : Clause
    {
        public Condition Inner => inner;
    }
}
