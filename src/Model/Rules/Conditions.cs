using System.Net;
using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Model.Rules;

/// <summary>The conditions of a route beside its path.</summary>
public static class Conditions
{
    /// <summary>Whether a request meets all of them.</summary>
    public static bool Hold<T>(RouteConditions conditions, ref readonly T head)
        where T : IRequestHead, allows ref struct => conditions.Count == 0 || IndexOfFailed(conditions, in head) < 0;

    /// <summary>The first condition that a request fails, in words; null where all hold.</summary>
    public static string? FirstFailed<T>(RouteConditions conditions, ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        int failed = IndexOfFailed(conditions, in head);
        if (failed <= 0)
        {
            return failed < 0 ? null : $"the method is none of {string.Join(", ", conditions.Methods)}";
        }

        int values = conditions.Headers.Count + conditions.Query.Count + conditions.Cookies.Count;
        if (failed > values)
        {
            return failed == values + 1
                ? $"the client is in none of {string.Join(", ", conditions.Clients)}"
                : $"'not' leaves it out: {Words(conditions.Not[failed - values - 2])}";
        }

        (NamedValueKind kind, ValueCondition condition) = conditions.Values().ElementAt(failed - 1);
        return $"no {NameOf(kind)} {condition.Name} matches {condition.Value.Words}";
    }

    // Of conditions that hold, each.
    private static string Words(RouteConditions conditions) =>
        string.Join(
            " and ",
            conditions
                .Values()
                .Select(v => $"a {NameOf(v.Kind)} {v.Condition.Name} matches {v.Condition.Value.Words}")
                .Prepend(conditions.Methods.Count > 0 ? $"the method is one of {string.Join(", ", conditions.Methods)}" : "")
                .Append(conditions.Clients.Count > 0 ? $"the client is in one of {string.Join(", ", conditions.Clients)}" : "")
                .Where(words => words.Length > 0)
        );

    private static string NameOf(NamedValueKind kind) =>
        kind switch
        {
            NamedValueKind.Header => "header",
            NamedValueKind.Parameter => "parameter",
            _ => "cookie",
        };

    // Counted as: the methods, each header, each parameter, each cookie, the client, each block of `not`. Apart from the words, so that
    // serving a request makes none.
    private static int IndexOfFailed<T>(RouteConditions conditions, ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        if (conditions.Methods.Count > 0 && !HasMethod(conditions.Methods, head.Method))
        {
            return 0;
        }

        int index = 1;
        foreach (ValueCondition condition in conditions.Headers)
        {
            if (!head.HasHeader(condition.Name, condition.Value))
            {
                return index;
            }

            index++;
        }

        foreach (ValueCondition condition in conditions.Query)
        {
            if (!HasParameter(head.Query, condition))
            {
                return index;
            }

            index++;
        }

        foreach (ValueCondition condition in conditions.Cookies)
        {
            if (!head.HasCookie(condition.Name, condition.Value))
            {
                return index;
            }

            index++;
        }

        if (conditions.Clients.Count > 0 && !IsIn(conditions.Clients, head.Client))
        {
            return index;
        }

        index++;
        foreach (RouteConditions block in conditions.Not)
        {
            if (IndexOfFailed(block, in head) < 0)
            {
                return index;
            }

            index++;
        }

        return -1;
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

    private static bool IsIn(ValueList<Cidr> blocks, IPAddress? client)
    {
        foreach (Cidr block in blocks)
        {
            if (client is not null && block.Contains(client))
            {
                return true;
            }
        }

        return false;
    }

    // Raw bytes, names with their case, any occurrence: what every program can be made to do alike. A name alone has an empty value.
    private static bool HasParameter(ReadOnlySpan<byte> query, ValueCondition condition)
    {
        foreach (Range range in query.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = query[range];
            int equals = pair.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? pair : pair[..equals];
            ReadOnlySpan<byte> value = equals < 0 ? [] : pair[(equals + 1)..];
            if (IsNamed(name, condition.Name) && condition.Value.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(ReadOnlySpan<byte> name, string expected) =>
        Ascii.Equals(name, expected) || (!Ascii.IsValid(expected) && name.SequenceEqual(Encoding.UTF8.GetBytes(expected)));
}
