namespace Confgen.Cli.Scaffolding;

/// <summary>What is behind the proxy.</summary>
internal enum FirstSpecKind
{
    /// <summary>An application on a port.</summary>
    App,

    /// <summary>An application that streams its responses, as chats with language models do.</summary>
    Streaming,

    /// <summary>An application that the catalogue knows.</summary>
    Known,

    /// <summary>Several applications on one machine, each with a host.</summary>
    Many,
}
