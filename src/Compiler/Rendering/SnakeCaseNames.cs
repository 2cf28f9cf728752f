using System.Collections.Concurrent;
using System.Text;
using HandlebarsDotNet.Compiler.Resolvers;

namespace Confgen.Compiler.Rendering;

/// <summary>Lets templates write <c>connect_timeout</c> for the view's <c>ConnectTimeout</c>.</summary>
internal sealed class SnakeCaseNames : IExpressionNameResolver
{
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string ResolveExpressionName(object instance, string expressionName) => _names.GetOrAdd(expressionName, Pascal);

    private static string Pascal(string snake)
    {
        if (snake.Length == 0 || snake[0] == '@')
        {
            return snake;
        }

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
