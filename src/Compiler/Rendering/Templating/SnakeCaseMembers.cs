using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.PathStructure;

namespace Confgen.Compiler.Rendering.Templating;

/// <summary>Lets templates write <c>connect_timeout</c> for the view's <c>ConnectTimeout</c>.</summary>
internal sealed class SnakeCaseMembers : IMemberAliasProvider
{
    // The engine looks for a member by the template's name first, so that this is reached for names of several words alone.
    private readonly ConcurrentDictionary<(Type, string), Func<object, object?>?> _getters = new();

    public bool TryGetMemberByAlias(object instance, Type targetType, ChainSegment memberAlias, out object? value)
    {
        Func<object, object?>? getter = _getters.GetOrAdd((targetType, memberAlias.TrimmedValue), static key => Getter(key.Item1, key.Item2));
        value = getter?.Invoke(instance);
        return getter is not null;
    }

    private static Func<object, object?>? Getter(Type type, string name)
    {
        if (type.GetProperty(Pascal(name), BindingFlags.Public | BindingFlags.Instance) is not { } property)
        {
            return null;
        }

        ParameterExpression instance = Expression.Parameter(typeof(object));
        Expression read = Expression.Convert(Expression.Property(Expression.Convert(instance, type), property), typeof(object));
        return Expression.Lambda<Func<object, object?>>(read, instance).Compile();
    }

    private static string Pascal(string snake)
    {
        var result = new StringBuilder(snake.Length);
        bool upper = true;
        foreach (char c in snake)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            result.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return result.ToString();
    }
}
