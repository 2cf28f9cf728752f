using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

/// <summary>Reads YAML that is no spec, as a target's own output, with the same limits and positions as specs.</summary>
public static class YamlText
{
    /// <summary>
    /// The root as it is written, without variables of the environment; null where it is empty or can't be read, which is reported.
    /// </summary>
    public static SyntaxNode? Read(SourceText source, DiagnosticBag diagnostics) => YamlReader.Read(source, variables: null, diagnostics);
}
