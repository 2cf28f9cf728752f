namespace Confgen.Model.Regexes;

/// <summary>The flags in force at a place of a regex.</summary>
/// <param name="IgnoreCase"><c>i</c>.</param>
/// <param name="DotNewline"><c>s</c>.</param>
/// <param name="Ungreedy"><c>U</c>: <c>*</c> and <c>*?</c> are exchanged.</param>
internal readonly record struct RegexFlags(bool IgnoreCase, bool DotNewline, bool Ungreedy);
