using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Traefik.Syntax;
using YamlDotNet.RepresentationModel;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// A file of Traefik as Traefik reads it: its keys and values, rules with their matchers. Routers and what they use are named after hosts
/// and paths, and have priorities by the lengths of their paths.
/// </summary>
internal static partial class TraefikTree
{
    private static readonly string[] _named = ["routers", "middlewares", "services", "serversTransports", "options"];

    public static Tree Read(RenderedFile file)
    {
        if (file.Text.Contains("{{", StringComparison.Ordinal))
        {
            throw new InvalidDataException("Go's templates would run an action");
        }

        var stream = new YamlStream();
        stream.Load(new StringReader(file.Text));
        return Of("", stream.Documents[0].RootNode);
    }

    private static Tree Of(string key, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                return new Tree("{}", [.. map.Children.Select(pair => Entry(key, pair.Key, pair.Value))], IsOrdered: false);
            case YamlSequenceNode list when _named.Contains(key):
                return new Tree("[]", [.. list.Children.Select(static _ => new Tree("name"))]);
            case YamlSequenceNode list:
                return new Tree("[]", [.. list.Children.Select(item => Of(key, item))]);
            default:
                string value = ((YamlScalarNode)node).Value ?? "";
                return key switch
                {
                    "priority" => new Tree("priority"),
                    "service" or "serversTransport" or "options" => new Tree("name"),
                    "rule" => Of(
                        TraefikRuleParser.TryParse(value, out TraefikRule? rule, out string? problem)
                            ? rule
                            : throw new InvalidDataException(problem)
                    ),
                    _ => new Tree(value),
                };
        }
    }

    private static Tree Entry(string parent, YamlNode key, YamlNode value)
    {
        string name = ((YamlScalarNode)key).Value ?? "";
        return new Tree("", [new Tree(_named.Contains(parent) ? "name" : name), Of(name, value)]);
    }

    private static Tree Of(TraefikRule rule) =>
        rule switch
        {
            TraefikRule.Matcher { Name: "PathRegexp" } path => new Tree(path.Name, [new Tree(Class().Replace(path.Arguments[0], "[]"))]),
            TraefikRule.Matcher matcher => new Tree(matcher.Name, [.. matcher.Arguments.Select(static text => new Tree(text))]),
            TraefikRule.Both both => new Tree("&&", [Of(both.Left), Of(both.Right)]),
            TraefikRule.Either either => new Tree("||", [Of(either.Left), Of(either.Right)]),
            TraefikRule.Not not => new Tree("!", [Of(not.Inner)]),
            _ => throw new InvalidOperationException("no rule"),
        };

    // A class is written with its characters in their order, and escapes beside it.
    [GeneratedRegex(
        @"(?:\(\?:)?\[(?:\\.|[^\]\\])*\](?:\|%(?:[0-9A-F]{2}|\(\?:[0-9A-F|]*\)|\.\.)\))?",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Class();
}
