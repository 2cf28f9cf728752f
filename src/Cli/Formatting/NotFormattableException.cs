namespace Confgen.Cli.Formatting;

/// <summary>Unwinds the reader at something that it does not format; says what.</summary>
internal sealed class NotFormattableException(string what) : Exception(what);
