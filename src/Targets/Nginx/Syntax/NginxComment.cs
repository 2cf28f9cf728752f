namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A comment that stands before a directive, or at the end of a block.</summary>
/// <param name="Text">From its <c>#</c> to the end of the line, without trailing blanks.</param>
/// <param name="BlankLineBefore">Whether an empty line precedes it.</param>
internal readonly record struct NginxComment(string Text, bool BlankLineBefore);
