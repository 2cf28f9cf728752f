namespace Confgen.Model.Regexes;

/// <summary>A condition on a place in the text.</summary>
public enum RegexAnchorKind
{
    /// <summary>The start of the text: <c>^</c> or <c>\A</c>.</summary>
    TextStart,

    /// <summary>The end of the text, never before a final newline: <c>$</c> or <c>\z</c>.</summary>
    TextEnd,

    /// <summary>Between a word character of ASCII and none: <c>\b</c>.</summary>
    WordBoundary,

    /// <summary>Not there: <c>\B</c>.</summary>
    NotWordBoundary,
}
