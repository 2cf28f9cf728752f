namespace Confgen.Conformance.Tests.Grid.Hostile;

/// <summary>Where a hostile field stands.</summary>
internal enum HostilePlace
{
    Head,
    Trailers,

    /// <summary>In place of a pseudo-field of HTTP/2, or beside them; in HTTP/1.x in the request line.</summary>
    Pseudo,
}
