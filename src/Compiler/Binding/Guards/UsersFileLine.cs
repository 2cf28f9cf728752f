using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>A user in a file of users.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Name">What stands before the first colon.</param>
/// <param name="Hash">What stands behind it, up to a further colon: Apache and nginx take the rest for a comment.</param>
/// <param name="Span">Where the spec names the file.</param>
internal readonly record struct UsersFileLine(int Number, string Name, string Hash, SourceSpan Span);
