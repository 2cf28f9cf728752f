using System.Text;
using Confgen.Model.Routes;

namespace Confgen.Model.Rules;

/// <summary>The conditions of a route beside its path.</summary>
public static class Conditions
{
    /// <summary>The first condition that a request fails, in words; null where all hold.</summary>
    public static string? FirstFailed<T>(RouteConditions conditions, ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        if (conditions.Count == 0)
        {
            return null;
        }

        if (conditions.Methods.Count > 0 && !HasMethod(conditions.Methods, head.Method))
        {
            return $"the method is none of {string.Join(", ", conditions.Methods)}";
        }

        foreach (ValueCondition condition in conditions.Headers)
        {
            if (!head.HasHeader(condition.Name, condition.Value))
            {
                return $"no header {condition.Name} matches '{condition.Value}'";
            }
        }

        foreach (ValueCondition condition in conditions.Query)
        {
            if (!HasParameter(head.Query, condition))
            {
                return $"no parameter {condition.Name} matches '{condition.Value}'";
            }
        }

        return null;
    }

    private static bool HasMethod(ValueList<string> methods, ReadOnlySpan<byte> method)
    {
        foreach (string candidate in methods)
        {
            if (Ascii.Equals(method, candidate))
            {
                return true;
            }
        }

        return false;
    }

    // Raw bytes, names with their case, any occurrence: what every program can be made to do alike.
    private static bool HasParameter(ReadOnlySpan<byte> query, ValueCondition condition)
    {
        foreach (Range range in query.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = query[range];
            int equals = pair.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? pair : pair[..equals];
            ReadOnlySpan<byte> value = equals < 0 ? [] : pair[(equals + 1)..];
            if (name.SequenceEqual(Encoding.UTF8.GetBytes(condition.Name)) && condition.Value.Matches(value))
            {
                return true;
            }
        }

        return false;
    }
}
