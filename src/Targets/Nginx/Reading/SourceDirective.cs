using Confgen.Targets.Importing;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>A directive with its file, and with its includes read.</summary>
internal sealed class SourceDirective
{
    private readonly NginxDirective _directive;

    public SourceDirective(NginxDirective directive, LedgerEntry entry)
    {
        _directive = directive;
        Entry = entry;
        Name = directive.Name.Value;
        Arguments = [.. directive.Arguments.Select(a => a.Value)];
    }

    public string Name { get; }

    /// <summary>The words after the name, as nginx reads them.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The directives between its braces, those of included files in place of the includes.</summary>
    public List<SourceDirective> Children { get; } = [];

    public bool IsBlock => _directive.Block is not null;

    /// <summary>Its line in the ledger.</summary>
    public LedgerEntry Entry { get; }

    /// <summary>The first word after the name, or an empty text.</summary>
    public string First => Arguments.Count > 0 ? Arguments[0] : "";

    /// <summary>The words after the name in one line.</summary>
    public string Words => string.Join(' ', Arguments);

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<SourceDirective> All => Children.SelectMany(c => c.All).Prepend(this);

    /// <summary>Loses it with everything in it that nothing else has settled.</summary>
    public void LoseAll(string reason)
    {
        foreach (SourceDirective directive in All)
        {
            if (!directive.Entry.IsSettled)
            {
                directive.Entry.Lose(directive == this ? reason : $"it stands in '{Name}', which is lost");
            }
        }
    }

    /// <summary>Drops it with everything in it that nothing else has settled.</summary>
    public void TuneAll(string reason)
    {
        foreach (SourceDirective directive in All.Where(d => !d.Entry.IsSettled))
        {
            directive.Entry.Tune(reason);
        }
    }
}
