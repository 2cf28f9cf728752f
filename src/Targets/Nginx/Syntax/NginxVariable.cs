using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A variable that a module of nginx defines.</summary>
/// <param name="Name">Without its dollar sign; one that ends in <c>_</c> stands for every name that starts so.</param>
/// <param name="IsStream">Whether it is one of the stream modules'; else of the http modules'.</param>
/// <param name="Since">The first version that has it; null where every version has.</param>
/// <param name="Before">The first version that no longer has it; null where every later one has.</param>
internal sealed record NginxVariable(string Name, bool IsStream, TargetVersion? Since, TargetVersion? Before)
{
    /// <summary>Whether the version has it.</summary>
    public bool IsIn(TargetVersion version) => !(version < Since) && !(version >= Before);

    /// <summary>Reads a line: <c>name protocol [versions]</c>.</summary>
    internal static NginxVariable Parse(string line)
    {
        string[] parts = line.Split(' ');
        (TargetVersion? since, TargetVersion? before) = parts.Length > 2 ? NginxDefinition.Versions(parts[2]) : default;
        return new NginxVariable(parts[0], parts[1] == "stream", since, before);
    }
}
