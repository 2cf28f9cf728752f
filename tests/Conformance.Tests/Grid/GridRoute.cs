namespace Confgen.Conformance.Tests.Grid;

/// <summary>What the route does beside forwarding.</summary>
internal enum GridRoute
{
    Plain,

    /// <summary>gzip for clients that take it.</summary>
    Compressed,

    /// <summary>Passwords, which the client has.</summary>
    Guarded,

    /// <summary>Passwords, which the client hasn't.</summary>
    Refused,

    /// <summary>An auth server that says yes.</summary>
    Authorized,

    /// <summary>An auth server that says no, with a body.</summary>
    Unauthorized,

    /// <summary>The origin's 503 gets an error page in place of its body.</summary>
    Intercepted,

    /// <summary>A file, no origin.</summary>
    Files,

    /// <summary>An origin that refuses connections, and an error page.</summary>
    ErrorPage,
}
