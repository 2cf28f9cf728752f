namespace Confgen.Cli.Completion;

/// <summary>What a shell offers for a value.</summary>
internal enum CompletedKind
{
    /// <summary>There is no value.</summary>
    None,

    /// <summary>Nothing can be offered.</summary>
    Anything,

    /// <summary>One of several words.</summary>
    Word,

    /// <summary>Several of several words, with commas between.</summary>
    Words,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,
}
