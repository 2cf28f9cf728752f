namespace Confgen.Compiler.Rendering;

/// <summary>Something that a real program says of a rendered configuration.</summary>
/// <param name="Message">What it says, in one line.</param>
/// <param name="IsError">Whether it refuses the configuration for it.</param>
/// <param name="File">The file's name as the program gives it, or null.</param>
/// <param name="Line">The line in it from 1, or 0.</param>
public sealed record ProgramComplaint(string Message, bool IsError, string? File = null, int Line = 0);
