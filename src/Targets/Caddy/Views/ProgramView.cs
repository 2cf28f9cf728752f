using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>
/// The release that reads the output, and whether constant text is imported. Every template reaches it as <c>root.program</c>.
/// </summary>
[TemplateView]
internal sealed partial record ProgramView
{
    /// <summary>The release, as <c>2.6</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether text that is the same for every spec is imported as snippets; else it is written where it is needed.</summary>
    public required bool Imports { get; init; }

    /// <summary>What the arguments of an import are called in a snippet, in their order.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>
    /// The <c>flush_interval</c> that sends each piece on at once: <c>-1</c> keeps releases before 2.8 from noticing that the client left.
    /// </summary>
    public required string Flush { get; init; }

    /// <summary>Whether the release adds itself to Via, instead of its own Server field beside the upstream's.</summary>
    public required bool AddsVia { get; init; }

    /// <summary>Whether <c>vars_regexp</c> expands placeholders in the request's own text before it looks at it.</summary>
    public required bool Reexpands { get; init; }

    /// <summary>Whether the names of 2.8 are known: <c>log_skip</c>, <c>basic_auth</c>, <c>trust_pool</c>.</summary>
    public required bool HasNewNames { get; init; }

    /// <summary>Whether the release finds the client's address behind trusted proxies itself.</summary>
    public required bool KnowsClients { get; init; }

    /// <summary>Files of a directory as most specs ask for them; the directory is the first argument of an import.</summary>
    public required FilesView UsualFiles { get; init; }

    /// <summary>The same with a page in place of files that aren't there, which is the second.</summary>
    public required FilesView UsualFilesOrPage { get; init; }

    /// <summary>Files that go before an upstream; the directory is the first argument.</summary>
    public required FilesFirstView UsualFilesFirst { get; init; }

    /// <summary>Media types by file name, whatever the machine thinks of them.</summary>
    public required IReadOnlyList<MediaTypeView> MediaTypes { get; init; }

    /// <summary>The media type of all other files.</summary>
    public required string DefaultMediaType { get; init; }
}
