using System.Globalization;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>A router.</summary>
internal sealed class RouterSource
{
    /// <param name="key">What is said of it.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="service">Its service.</param>
    /// <param name="isVersion2">Whether rules that say nothing else are Traefik 2's.</param>
    public RouterSource(SourceKey key, string rule, string service, bool isVersion2)
    {
        (Key, Service) = (key, service);
        bool is2 = key["ruleSyntax"]?.Value is { } syntax ? syntax == "v2" : isVersion2;
        TraefikRule? read = null;
        string? problem = null;
        if (is2 ? !TraefikRuleParser.TryParse2(rule, out read) : !TraefikRuleParser.TryParse(rule, out read, out problem))
        {
            IsOldRule = !is2 && TraefikRuleParser.TryParse2(rule, out read);
            Problem = IsOldRule ? null : problem ?? "invalid rule of Traefik 2";
        }

        IsOldRule |= !is2 && read is not null && RuleReader.Matchers(read).Any(MatcherReader.IsOfVersion2);
        Alternatives = read is null ? [] : RuleReader.Read(read) ?? [];
        Problem ??= Alternatives.Count == 0 ? "the rule has too many alternatives" : null;
        bool isGiven =
            int.TryParse(key["priority"]?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int given) && given != 0;
        Priority = isGiven ? given : rule.Length;
    }

    /// <summary>What is said of it.</summary>
    public SourceKey Key { get; }

    /// <summary>The name of its service.</summary>
    public string Service { get; }

    /// <summary>The alternatives of its rule.</summary>
    public IReadOnlyList<IReadOnlyList<RuleTerm>> Alternatives { get; }

    /// <summary>Why the rule can't be read; null where it can.</summary>
    public string? Problem { get; }

    /// <summary>Whether the rule is one of Traefik 2 where one of Traefik 3 is expected.</summary>
    public bool IsOldRule { get; }

    /// <summary>Its priority: the length of its rule unless written.</summary>
    public int Priority { get; }

    /// <summary>The names of its middlewares.</summary>
    public IReadOnlyList<string> Middlewares => Key["middlewares"]?.Values ?? [];

    /// <summary>Whether it takes requests over TLS, at an entry point.</summary>
    public bool HasTls(EntryPoint entry) => Key["tls"] is { } tls ? !tls.IsFalse : entry.HasTls;
}
