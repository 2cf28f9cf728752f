using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>Looks where in a regex the case of letters is ignored.</summary>
internal sealed class RegexCases
{
    private bool _someIgnored;
    private bool _someHeeded;

    /// <summary>Whether case is ignored wherever it matters, so that one flag in front says it all.</summary>
    public bool AllIgnored => _someIgnored && !_someHeeded;

    /// <summary>Whether Unicode's folding would let the flag match more than ASCII's two cases.</summary>
    public bool FoldsBeyondAscii { get; private set; }

    public void Visit(RegexNode node)
    {
        switch (node)
        {
            case RegexLiteral { IgnoreCase: true } literal:
                _someIgnored = true;
                FoldsBeyondAscii |= literal.Char.Value is 's' or 'S' or 'k' or 'K';
                break;
            case RegexLiteral literal:
                _someHeeded |= Rune.ToUpperInvariant(literal.Char) != literal.Char || Rune.ToLowerInvariant(literal.Char) != literal.Char;
                break;
            case RegexClass set:
                _someIgnored |= set.IgnoreCase;
                _someHeeded |= !set.IgnoreCase && !set.Set.IsCaseClosed;
                FoldsBeyondAscii |= set.Set.NonAscii != set.Set.Contains('s') || set.Set.NonAscii != set.Set.Contains('k');
                break;
            case RegexGroup group:
                Visit(group.Body);
                break;
            case RegexRepeat repeat:
                Visit(repeat.Body);
                break;
            case RegexSequence sequence:
                foreach (RegexNode item in sequence.Items)
                {
                    Visit(item);
                }

                break;
            case RegexAlternation alternation:
                foreach (RegexNode branch in alternation.Branches)
                {
                    Visit(branch);
                }

                break;
        }
    }
}
