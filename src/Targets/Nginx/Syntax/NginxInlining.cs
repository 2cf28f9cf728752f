namespace Confgen.Targets.Nginx.Syntax;

/// <summary>Writes included files out in place of the directives that include them.</summary>
internal static class NginxInlining
{
    /// <summary>The same block without those includes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="files">The files by the names that <c>include</c> gives them; other includes stay.</param>
    public static NginxBlock Of(NginxBlock block, IReadOnlyDictionary<string, NginxBlock> files)
    {
        var written = new NginxBlock { OpeningComment = block.OpeningComment, ClosingComments = block.ClosingComments };
        foreach (NginxDirective directive in block.Directives)
        {
            if (Included(directive, files) is { } file)
            {
                foreach (NginxDirective inner in Of(file, files).Directives)
                {
                    written.Add(inner);
                }
            }
            else
            {
                written.Add(
                    directive.Block is { } own
                        ? new NginxDirective(directive.Name, [.. directive.Arguments], Of(own, files))
                        {
                            LeadingComments = directive.LeadingComments,
                            BlankLineBefore = directive.BlankLineBefore,
                            TrailingComment = directive.TrailingComment,
                        }
                        : directive
                );
            }
        }

        return written;
    }

    /// <summary>The file that a directive includes, if it is one of these.</summary>
    public static NginxBlock? Included(NginxDirective directive, IReadOnlyDictionary<string, NginxBlock> files) =>
        directive is { Block: null, Arguments: [var name] } && directive.Name.Is("include") ? files.GetValueOrDefault(name.Value) : null;
}
