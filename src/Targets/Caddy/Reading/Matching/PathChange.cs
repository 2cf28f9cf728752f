namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>What rewriting has made of the path, which later matchers see.</summary>
internal abstract record PathChange
{
    public static readonly PathChange None = new Unchanged();

    /// <summary>A question about the path as it is now, asked about the path as it was sent. Nothing where it can't be told.</summary>
    public abstract IEnumerable<Atom> Before(Atom atom);

    /// <summary>Nothing.</summary>
    private sealed record Unchanged : PathChange
    {
        public override IEnumerable<Atom> Before(Atom atom) => [atom];
    }

    /// <summary>A prefix was cut.</summary>
    internal sealed record Cut(string Prefix) : PathChange
    {
        public override IEnumerable<Atom> Before(Atom atom) =>
            atom is not Atom.Path path ? [atom]
            : path.Test.IsAny ? [new Atom.Constant(true)]
            : path.Test.Before(Prefix) is { } test ? [new Atom.Path(test)]
            : [];
    }

    /// <summary>It is always the same.</summary>
    internal sealed record Fixed(string Path) : PathChange
    {
        public override IEnumerable<Atom> Before(Atom atom) => atom is Atom.Path path ? [new Atom.Constant(path.Test.Takes(Path))] : [atom];
    }

    /// <summary>It can't be told.</summary>
    internal sealed record Other : PathChange
    {
        public override IEnumerable<Atom> Before(Atom atom) =>
            atom is not Atom.Path path ? [atom]
            : path.Test.IsAny ? [new Atom.Constant(true)]
            : [];
    }
}
