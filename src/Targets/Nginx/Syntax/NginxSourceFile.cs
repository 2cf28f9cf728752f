namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A parsed file, and where an nginx would include it.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Block">Its directives.</param>
/// <param name="Context">The block that it stands in: <see cref="NginxContext.Main"/> for a whole configuration.</param>
internal sealed record NginxSourceFile(string Name, NginxBlock Block, NginxContext Context = NginxContext.Main);
