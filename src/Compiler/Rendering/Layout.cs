namespace Confgen.Compiler.Rendering;

/// <summary>How the output is cut into files.</summary>
public enum Layout
{
    /// <summary>A configuration that is complete and starts by itself.</summary>
    Complete,

    /// <summary>Files to include into a configuration that exists.</summary>
    Include,
}
