using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Clients;

/// <summary>What a client saw of its exchange.</summary>
internal sealed class ClientView
{
    public int Status { get; set; }

    public IReadOnlyList<Field> Fields { get; set; } = [];

    public List<int> Interim { get; } = [];

    /// <summary>The body against what is expected.</summary>
    public required PayloadCheck Body { get; init; }

    /// <summary>The whole body, where it isn't the origin's or the file's.</summary>
    public byte[] Own { get; set; } = [];

    public IReadOnlyList<Field> Trailers { get; set; } = [];

    public Framing Framing { get; set; }

    /// <summary>Why the response isn't whole, or isn't one; null where it is.</summary>
    public string? Fault { get; set; }

    /// <summary>Why the upload could not be sent whole; null where it could.</summary>
    public string? UploadFault { get; set; }

    /// <summary>What became of a further request on the same connection; null where none was sent.</summary>
    public string? Next { get; set; }

    /// <summary>How the connection ended behind a response that is said to be the last one; null where it had not to.</summary>
    public string? Closing { get; set; }

    public IEnumerable<string> Values(string name) => Fields.Where(f => f.Is(name)).Select(f => f.Value);
}
