namespace Confgen.Model.Rules;

/// <summary>The parameters of a raw query: <c>name=value</c>, separated by <c>&amp;</c>.</summary>
public static class QueryParameters
{
    /// <summary>
    /// The raw value of the first parameter that has that name, as it is spelled, and a <c>=</c>; empty where there is none.
    /// </summary>
    public static string First(ReadOnlySpan<char> query, string name)
    {
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name))
            {
                return pair[(name.Length + 1)..].ToString();
            }
        }

        return "";
    }
}
