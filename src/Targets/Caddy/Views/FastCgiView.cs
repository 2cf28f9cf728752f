using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Scripts that FastCGI servers run.</summary>
[TemplateView]
internal sealed partial record FastCgiView
{
    /// <summary>How the servers are reached.</summary>
    public required ProxyView Proxy { get; init; }

    /// <summary>The folder of the scripts at the servers.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The folder of the scripts here.</summary>
    public required string LocalRoot { get; init; }

    /// <summary>The regex that takes the script's name out of a path, and what follows it.</summary>
    public required string Regex { get; init; }

    /// <summary>The script that a path names.</summary>
    public required ScriptView Named { get; init; }

    /// <summary>The index of a directory.</summary>
    public required ScriptView Index { get; init; }

    /// <summary>The index of a directory whose slash is missing, below <see cref="LocalRoot"/>.</summary>
    public required string Below { get; init; }

    /// <summary>What responds where no script is there; null for 404.</summary>
    public ScriptView? Front { get; init; }

    /// <summary>Parameters that all scripts get: name and value.</summary>
    public IReadOnlyList<string> Params { get; init; } = [];
}
