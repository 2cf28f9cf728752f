using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>What the variables that a configuration defines itself stand for: by <c>set</c>, and by <c>map</c>.</summary>
internal sealed class Variables(IReadOnlyList<SourceDirective> http)
{
    private const int DeepestUse = 16;

    private readonly HashSet<SourceDirective> _used = [];

    /// <summary>
    /// An argument with each variable that has one known value replaced. What defines them is said where the value is used.
    /// </summary>
    /// <param name="text">The argument.</param>
    /// <param name="scope">Where it stands.</param>
    /// <param name="site">The site that it is for.</param>
    /// <param name="used">Takes the directives that define the variables.</param>
    public List<TextPart> Expand(string text, Scope scope, SiteContext site, ICollection<SourceDirective> used) =>
        Joined(Expand(text, scope, site, used, 0));

    /// <summary>Whether a variable follows the client's <c>Upgrade</c>, as the usual map for <c>Connection</c> does.</summary>
    public bool FollowsUpgrade(string variable) => FindMap(variable) is { } map && map.First is "$http_upgrade" or "$http_connection";

    /// <summary>The map that defines a variable; else null.</summary>
    public SourceDirective? FindMap(string variable) =>
        http.FirstOrDefault(d => d is { Name: "map", Arguments.Count: 2 } && d.Arguments[1] == "$" + variable);

    /// <summary>Marks a definition as used.</summary>
    public void Use(SourceDirective definition) => _used.Add(definition);

    /// <summary>Settles what a text was made of: it is said where the text is.</summary>
    public void Say(IEnumerable<SourceDirective> used, OutputNode place)
    {
        foreach (SourceDirective directive in used)
        {
            Use(directive);
            directive.Entry.Say(place);
            foreach (SourceDirective line in directive.Children)
            {
                line.Entry.Say(place);
            }
        }
    }

    /// <summary>Settles what a text was made of that confgen does anyway.</summary>
    public static void Imply(IEnumerable<SourceDirective> used, string reason)
    {
        foreach (SourceDirective directive in used.SelectMany(d => d.All))
        {
            directive.Entry.Imply(reason);
        }
    }

    private IEnumerable<TextPart> Expand(string text, Scope scope, SiteContext site, ICollection<SourceDirective> used, int depth)
    {
        foreach (TextPart part in TextPart.Cut(text))
        {
            if (!part.IsVariable || depth > DeepestUse)
            {
                yield return part;
            }
            else if (FindSet(part.Text, scope) is { } set)
            {
                used.Add(set);
                foreach (TextPart inner in Expand(set.Arguments[1], scope, site, used, depth + 1))
                {
                    yield return inner;
                }
            }
            else if (FindMap(part.Text) is { } map && MapReader.Evaluate(map, site) is { } value)
            {
                used.Add(map);
                foreach (TextPart inner in Expand(value, scope, site, used, depth + 1))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return part;
            }
        }
    }

    // The rewrite module runs the server's directives first, then the location's: the last one counts, unless a condition guards one.
    private static SourceDirective? FindSet(string name, Scope scope)
    {
        SourceDirective? found = null;
        foreach (Scope block in scope.Outermost())
        {
            foreach (SourceDirective directive in block.Own)
            {
                if (directive is { Name: "set", Arguments.Count: 2 } && directive.First == "$" + name)
                {
                    found = directive;
                }
                else if (directive.Name == "if" && directive.All.Any(d => d.Name == "set" && d.First == "$" + name))
                {
                    return null;
                }
            }
        }

        return found;
    }

    private static List<TextPart> Joined(IEnumerable<TextPart> parts)
    {
        var joined = new List<TextPart>();
        foreach (TextPart part in parts)
        {
            if (!part.IsVariable && joined is [.., { IsVariable: false } last])
            {
                joined[^1] = new TextPart(last.Text + part.Text, false);
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }
}
