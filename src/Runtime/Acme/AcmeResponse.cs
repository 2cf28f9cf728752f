using System.Text.Json;

namespace Confgen.Runtime.Acme;

/// <summary>A response of the authority that is no error.</summary>
/// <param name="Location">Where what was made is; null without.</param>
/// <param name="RetryAfter">When to ask again.</param>
/// <param name="Body">Its content.</param>
internal sealed record AcmeResponse(string? Location, TimeSpan? RetryAfter, byte[] Body)
{
    /// <summary>The content as JSON.</summary>
    /// <exception cref="AcmeException">It is none.</exception>
    public JsonElement Json
    {
        get
        {
            try
            {
                return AcmeJson.Read(Body);
            }
            catch (JsonException e)
            {
                throw new AcmeException($"the authority's response is not the JSON that it should be: {e.Message}", e);
            }
        }
    }
}
