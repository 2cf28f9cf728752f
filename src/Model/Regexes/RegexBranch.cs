namespace Confgen.Model.Regexes;

/// <summary>An alternative of a regex, with the anchors at its ends apart from what stands between.</summary>
/// <param name="Body">What stands between; without anchors on the ends of the text.</param>
/// <param name="FromStart">Whether it must begin the text.</param>
/// <param name="ToEnd">Whether it must end the text.</param>
internal sealed record RegexBranch(RegexNode Body, bool FromStart, bool ToEnd)
{
    /// <summary>The alternatives of a regex; null where an anchor on an end of the text stands elsewhere.</summary>
    public static ValueList<RegexBranch>? Of(RegexNode node)
    {
        List<RegexBranch> branches = [.. Split(node, fromStart: false, toEnd: false)];
        return branches.Any(b => HasTextAnchor(b.Body)) ? null : branches.ToValueList();
    }

    /// <summary>The alternative as a regex that takes a whole value.</summary>
    public string Write(RegexDialect dialect, string star)
    {
        string body = RegexWriter.Write(Body, dialect, groupPrefix: null);
        return (FromStart ? "" : star) + (body.StartsWith("(?i)", StringComparison.Ordinal) ? $"(?:{body})" : body) + (ToEnd ? "" : star);
    }

    private static IEnumerable<RegexBranch> Split(RegexNode node, bool fromStart, bool toEnd)
    {
        switch (node)
        {
            case RegexAlternation alternation:
                return alternation.Branches.SelectMany(b => Split(b, fromStart, toEnd));
            case RegexGroup group:
                return Split(group.Body, fromStart, toEnd);
            case RegexAnchor { Kind: RegexAnchorKind.TextStart }:
                return [new RegexBranch(Empty(node), FromStart: true, toEnd)];
            case RegexAnchor { Kind: RegexAnchorKind.TextEnd }:
                return [new RegexBranch(Empty(node), fromStart, ToEnd: true)];
            case RegexSequence { Items: [RegexAnchor { Kind: RegexAnchorKind.TextStart }, ..] sequence }:
                return Split(Rest(node, sequence.Skip(1)), fromStart: true, toEnd);
            case RegexSequence { Items: [.., RegexAnchor { Kind: RegexAnchorKind.TextEnd }] sequence }:
                return Split(Rest(node, sequence.SkipLast(1)), fromStart, toEnd: true);
            case RegexSequence { Items: [var only] }:
                return Split(only, fromStart, toEnd);
            default:
                return [new RegexBranch(node, fromStart, toEnd)];
        }
    }

    private static RegexSequence Empty(RegexNode at) => Rest(at, []);

    private static RegexSequence Rest(RegexNode at, IEnumerable<RegexNode> items) =>
        new(items.ToValueList()) { Start = at.Start, End = at.End };

    private static bool HasTextAnchor(RegexNode node) =>
        node switch
        {
            RegexAnchor anchor => anchor.Kind is RegexAnchorKind.TextStart or RegexAnchorKind.TextEnd,
            RegexGroup group => HasTextAnchor(group.Body),
            RegexRepeat repeat => HasTextAnchor(repeat.Body),
            RegexSequence sequence => sequence.Items.Any(HasTextAnchor),
            RegexAlternation alternation => alternation.Branches.Any(HasTextAnchor),
            _ => false,
        };
}
