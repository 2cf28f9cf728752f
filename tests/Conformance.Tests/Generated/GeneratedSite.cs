namespace Confgen.Conformance.Tests.Generated;

/// <summary>A site as it is written.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Extras">Whatever else it says, a line of YAML each.</param>
/// <param name="Routes">Its routes.</param>
internal sealed record GeneratedSite(string Host, IReadOnlyList<string> Extras, IReadOnlyList<GeneratedRoute> Routes);
