namespace Confgen.Model.Regexes;

/// <summary>Takes characters out of what a regex can match, and makes its groups capture nothing.</summary>
/// <param name="outside">The characters that no text has.</param>
internal sealed class RegexNarrowing(AsciiSet outside)
{
    /// <summary>What the regex asks for although no text has it; null for nothing.</summary>
    public string? Impossible { get; private set; }

    public RegexNode Visit(RegexNode node) =>
        node switch
        {
            RegexLiteral { Char.IsAscii: true } literal when outside.Contains(literal.Char.Value) => Refuse(node, literal.Char.ToString()),
            RegexClass set when !(set.Set & outside).IsEmpty => Class(node, set.Set & ~outside, set.IgnoreCase, set.Written ?? "[]"),
            RegexAnyChar any when !outside.IsEmpty => Class(
                node,
                ~(any.Newline ? outside : outside | AsciiSet.Range('\n', '\n')),
                ignoreCase: false,
                "."
            ),
            RegexGroup group => group with { Body = Visit(group.Body), Number = 0, Name = null },
            RegexRepeat repeat => repeat with { Body = Visit(repeat.Body) },
            RegexSequence sequence => sequence with { Items = sequence.Items.Select(Visit).ToValueList() },
            RegexAlternation alternation => alternation with { Branches = alternation.Branches.Select(Visit).ToValueList() },
            _ => node,
        };

    private RegexNode Class(RegexNode node, AsciiSet left, bool ignoreCase, string written) =>
        left.IsEmpty
            ? Refuse(node, written)
            : new RegexClass(left, ignoreCase, Written: null, IsPortable: false) { Start = node.Start, End = node.End };

    private RegexNode Refuse(RegexNode node, string what)
    {
        Impossible ??= what;
        return node;
    }
}
