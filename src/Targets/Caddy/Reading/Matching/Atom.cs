using Confgen.Model;
using Confgen.Model.Units;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>One question about a request.</summary>
internal abstract record Atom
{
    /// <summary>Both; null where no request has both. Unknown pairs of one kind are kept side by side.</summary>
    public virtual Atom? And(Atom other) =>
        Implies(other) ? this
        : other.Implies(this) ? other
        : null;

    /// <summary>Whether a request that has this has the other.</summary>
    public virtual bool Implies(Atom other) => this == other;

    /// <summary>Whether the other asks about the same thing, so that both become one.</summary>
    public abstract bool IsOfSame(Atom other);

    /// <summary>The path.</summary>
    internal sealed record Path(PathTest Test) : Atom
    {
        public override bool Implies(Atom other) => other is Path path && Test.Implies(path.Test);

        public override Atom? And(Atom other) => other is Path path && Test.And(path.Test, out _) is { } both ? new Path(both) : null;

        public override bool IsOfSame(Atom other) => other is Path;
    }

    /// <summary>One of these methods.</summary>
    internal sealed record Method(ValueList<string> Names) : Atom
    {
        public override bool Implies(Atom other) => other is Method method && Names.All(method.Names.Contains);

        public override Atom? And(Atom other) =>
            other is Method method && Names.Where(method.Names.Contains).ToValueList() is { Count: > 0 } both ? new Method(both) : null;

        public override bool IsOfSame(Atom other) => other is Method;
    }

    /// <summary>A line of this field that a glob, or a regex, takes.</summary>
    internal sealed record Header(string Name, string Glob, bool IsRegex = false) : Atom
    {
        public override bool IsOfSame(Atom other) =>
            other is Header header && string.Equals(Name, header.Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A parameter of this name with a value that a glob, or a regex, takes.</summary>
    internal sealed record Query(string Name, string Glob, bool IsRegex = false) : Atom
    {
        public override bool IsOfSame(Atom other) => other is Query query && Name == query.Name;
    }

    /// <summary>A cookie of this name with a value that a glob, or a regex, takes.</summary>
    internal sealed record Cookie(string Name, string Glob, bool IsRegex = false) : Atom
    {
        public override bool IsOfSame(Atom other) => other is Cookie cookie && Name == cookie.Name;
    }

    /// <summary>A client in these networks.</summary>
    internal sealed record Remote(ValueList<string> Networks) : Atom
    {
        public override bool IsOfSame(Atom other) => other is Remote;

        public override bool Implies(Atom other) => other is Remote remote && Networks.All(n => remote.Networks.Any(o => IsWithin(n, o)));

        public override Atom? And(Atom other)
        {
            ValueList<string> both = other is Remote remote
                ? Networks
                    .Where(n => remote.Networks.Any(o => IsWithin(n, o)))
                    .Concat(remote.Networks.Where(o => Networks.Any(n => IsWithin(o, n))))
                    .Distinct()
                    .ToValueList()
                : [];
            return both.Count > 0 ? new Remote(both) : null;
        }

        private static bool IsWithin(string one, string other) =>
            one == other
            || (Cidr.TryParse(one, out Cidr inner, out _) && Cidr.TryParse(other, out Cidr outer, out _) && outer.Contains(inner));
    }

    /// <summary>One of these files is there.</summary>
    /// <param name="Root">The folder, where the matcher has one of its own; else null.</param>
    /// <param name="Paths">The paths below it, as Caddy writes them.</param>
    internal sealed record File(string? Root, ValueList<string> Paths) : Atom
    {
        public override bool IsOfSame(Atom other) => this == other;
    }

    /// <summary>What is known when the spec is written, as the host of a site.</summary>
    internal sealed record Constant(bool Holds) : Atom
    {
        public override bool IsOfSame(Atom other) => false;
    }
}
