namespace Confgen.Compiler.Syntax;

/// <summary>Unwinds the reader after a fault that nothing can be read behind; the fault is already reported.</summary>
internal sealed class YamlRefusedException : Exception;
