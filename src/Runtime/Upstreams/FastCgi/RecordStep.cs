namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>What <see cref="RecordReader"/> found.</summary>
internal enum RecordStep
{
    /// <summary>Nothing yet: more bytes are needed.</summary>
    More,

    /// <summary>Bytes of the response.</summary>
    Output,

    /// <summary>The end of the request.</summary>
    End,

    /// <summary>What came is no record that belongs here.</summary>
    Malformed,
}
