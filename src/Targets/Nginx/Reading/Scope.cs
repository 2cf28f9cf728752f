namespace Confgen.Targets.Nginx.Reading;

/// <summary>A block with those around it: what holds in it, by nginx's inheritance.</summary>
internal sealed class Scope(Scope? parent, SourceDirective? owner, IReadOnlyList<SourceDirective> own)
{
    public Scope? Parent => parent;

    /// <summary>The directive whose block it is; null for the outermost.</summary>
    public SourceDirective? Owner => owner;

    /// <summary>The directives of the block itself.</summary>
    public IReadOnlyList<SourceDirective> Own => own;

    /// <summary>The directives of a name that hold here: those of the innermost block that has one.</summary>
    public IReadOnlyList<SourceDirective> Effective(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            SourceDirective[] found = [.. scope.OwnOf(name)];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>The one that holds here, of a directive that blocks have once; null where there is none.</summary>
    public SourceDirective? Find(string name) => Effective(name) is [.., var last] ? last : null;

    /// <summary>Those of the block itself, in the order written.</summary>
    public IEnumerable<SourceDirective> OwnOf(string name) => own.Where(d => d.Name == name);

    /// <summary>The block itself and those around it, the outermost first.</summary>
    public IEnumerable<Scope> Outermost() => parent is null ? [this] : parent.Outermost().Append(this);
}
