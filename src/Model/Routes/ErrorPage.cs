using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Routes;

/// <summary>The response for an error: a file, a text, or what another upstream says. Exactly one of the three is set.</summary>
public sealed record ErrorPage : SpecNode
{
    /// <summary>The errors that it answers.</summary>
    public required StatusPattern When { get; init; }

    /// <summary>An absolute file whose content is the body.</summary>
    public string? File { get; init; }

    /// <summary>The body itself.</summary>
    public string? Body { get; init; }

    /// <summary>The Content-Type of <see cref="Body"/>; default <c>text/plain; charset=utf-8</c>.</summary>
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>The upstream that gets the request, whole.</summary>
    public Upstream? Proxy { get; init; }

    /// <summary>The status sent with a file or a text; the error's own unless written.</summary>
    public int? Status { get; init; }
}
