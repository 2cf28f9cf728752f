namespace Confgen.Runtime.Upstreams;

/// <summary>How far the reading of a response's body is.</summary>
internal enum BodyState
{
    /// <summary>More follows.</summary>
    More,

    /// <summary>It is whole.</summary>
    End,

    /// <summary>It broke off, or what came is no body.</summary>
    Broken,
}
