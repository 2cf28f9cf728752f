using System.Text.RegularExpressions;
using Confgen.Model.Units;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>The condition of an <c>if</c>, as far as a spec knows it.</summary>
internal sealed partial record Condition
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>Whether it holds for every request of the site, or for none; null where requests differ.</summary>
    public bool? Always { get; init; }

    /// <summary>The field of <c>match</c>; null where a spec has none.</summary>
    public string? Field { get; private init; }

    /// <summary>The header, the parameter or the cookie; of methods and clients null.</summary>
    public string? Key { get; private init; }

    /// <summary>The glob or the regex, the methods, or the client.</summary>
    public IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>Whether the value is a regex.</summary>
    public bool IsRegex { get; private init; }

    /// <summary>Whether it holds where the match doesn't.</summary>
    public bool IsNegated { get; private init; }

    /// <summary>Reads the words between the brackets; null where a spec has nothing like it.</summary>
    public static Condition? Read(IReadOnlyList<string> words, SiteContext site)
    {
        string[] inner =
        [
            .. string.Join(' ', words).Trim().TrimStart('(').TrimEnd(')').Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries),
        ];
        if (words is [.., var last] && words.Count >= 3)
        {
            // An argument in quotes may hold blanks and brackets of its own.
            string value =
                words.Count > 3 && last == ")" ? words[^2]
                : last.EndsWith(')') ? last[..^1]
                : last;
            inner = inner.Length >= 2 ? [inner[0], inner[1], value] : inner;
        }

        return inner switch
        {
            [['$', .. var name]] => Test(name, "", "", site),
            [['$', .. var name], var sign, var value] => Test(name, sign, value, site),
            _ => null,
        };
    }

    /// <summary>Writes the condition into a route.</summary>
    public void WriteInto(OutputMap route)
    {
        OutputMap match = IsNegated ? route.Map("match").Map("not") : route.Map("match");
        if (Key is null)
        {
            match.Set(Field!, OutputList.OfTexts(Values));
        }
        else
        {
            match.Map(Field!).SetCondition(Key, Values[0], IsRegex);
        }
    }

    private static Condition? Test(string name, string sign, string value, SiteContext site)
    {
        string? known = name switch
        {
            "scheme" => site.HasTls ? "https" : "http",
            "https" or "ssl" => site.HasTls ? "on" : "",
            "server_port" => site.Port,
            "ssl_protocol" when !site.HasTls => "",
            _ => null,
        };
        if (known is not null)
        {
            return sign switch
            {
                "" => new Condition { Always = known.Length > 0 },
                "=" => new Condition { Always = known == value },
                "!=" => new Condition { Always = known != value },
                "~" or "~*" when Alternatives(value) is { } names => new Condition { Always = names.Contains(known) },
                _ => null,
            };
        }

        bool isNegated = sign.StartsWith('!');
        if (name == "request_method")
        {
            IReadOnlyList<string>? methods = sign is "=" or "!=" ? [value] : Alternatives(value);
            return methods is null
                ? null
                : new Condition
                {
                    Field = "method",
                    Values = methods,
                    IsNegated = isNegated,
                };
        }

        if (name == "remote_addr")
        {
            return sign is "=" or "!=" && Cidr.TryParse(value, out Cidr client, out _)
                ? new Condition
                {
                    Field = "client",
                    Values = [client.ToString()],
                    IsNegated = isNegated,
                }
                : null;
        }

        (string? field, string? key) =
            name.StartsWith("http_", StringComparison.Ordinal) ? ("header", SpecText.HeaderName(name[5..].Replace('_', '-')))
            : name == "content_type" ? ("header", "Content-Type")
            : name.StartsWith("arg_", StringComparison.Ordinal) ? ("query", name[4..])
            : name.StartsWith("cookie_", StringComparison.Ordinal) ? ("cookie", name[7..])
            : (null, (string?)null);
        if (field is null || key is null)
        {
            return null;
        }

        string? glob = Glob(sign.TrimStart('!'), value);
        return (glob ?? Regex(sign.TrimStart('!'), value, field)) is { } pattern
            ? new Condition
            {
                Field = field,
                Key = key,
                Values = [pattern],
                IsRegex = glob is null,
                IsNegated = isNegated,
            }
            : null;
    }

    private static string? Glob(string sign, string value) =>
        sign switch
        {
            "" => "*",
            "=" when value.Length > 0 && !value.Contains('*', StringComparison.Ordinal) => value,
            "~" when Literal().Match(value) is { Success: true } match => (match.Groups["start"].Length > 0 ? "" : "*")
                + match.Groups["text"].Value.Replace("\\", "", StringComparison.Ordinal)
                + (match.Groups["end"].Length > 0 ? "" : "*"),
            _ => null,
        };

    private static string? Regex(string sign, string value, string field) =>
        sign switch
        {
            "~" => SpecRegex.OfValue(value, field),
            "~*" => SpecRegex.OfValue("(?i)" + value, field),
            _ => null,
        };

    // ^(GET|HEAD)$ or GET|HEAD.
    private static string[]? Alternatives(string regex)
    {
        Match match = Words().Match(regex);
        return match.Success ? match.Groups["words"].Value.Split('|') : null;
    }

    [GeneratedRegex(@"^\^?\(?(?<words>([A-Za-z]+\|)*[A-Za-z]+)\)?\$?\z", Options)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?<start>\^?)(?<text>([A-Za-z0-9/_ -]|\\[./-])+)(?<end>\$?)\z", Options)]
    private static partial Regex Literal();
}
