using Confgen.Cli.Testing.OnPrograms;

namespace Confgen.Cli.Importing.Proving;

/// <summary>What became of a request on a program.</summary>
/// <param name="Status">The status; null where there was no response.</param>
/// <param name="Fields">The fields of the response, as at the real addresses.</param>
/// <param name="Seen">What an upstream got; null where none did.</param>
/// <param name="SeenFields">The fields of that, as at the real addresses.</param>
internal sealed record ProbeResult(
    int? Status,
    IReadOnlyList<KeyValuePair<string, string>> Fields,
    MockRequest? Seen,
    IReadOnlyList<KeyValuePair<string, string>> SeenFields
);
