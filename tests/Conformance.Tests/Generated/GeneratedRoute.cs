namespace Confgen.Conformance.Tests.Generated;

/// <summary>A route as it is written; each field a line of YAML or nothing.</summary>
/// <param name="Matcher">Its path, as <c>path: "/api"</c>.</param>
/// <param name="Action">What it does, as <c>proxy: "http://127.0.0.1:${B1}"</c>.</param>
/// <param name="Extras">Whatever else it says.</param>
internal sealed record GeneratedRoute(string Matcher, string Action, IReadOnlyList<string> Extras);
