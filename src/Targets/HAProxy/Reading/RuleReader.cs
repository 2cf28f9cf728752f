using System.Globalization;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads what decides about requests in a frontend, in the order in which HAProxy asks it.</summary>
internal sealed class RuleReader(SourceSection section, Func<string, BackendReader?> backendOf, Func<string, SourceSection?> usersOf)
{
    private const string TooMuch = "the importer doesn't know its condition";
    private readonly Conditions _conditions = new(section);

    /// <summary>What ends the search for a route.</summary>
    public List<Rule> Rules { get; } = [];

    /// <summary>Who may.</summary>
    public List<Guard> Guards { get; } = [];

    /// <summary>Reads the section.</summary>
    public void Read()
    {
        foreach (SourceLine line in section.Lines.Where(static line => line[0] == "http-request" && !HeaderRules.IsOne(line)))
        {
            Request(line);
        }

        foreach (SourceLine line in section.Lines.Where(static line => line[0] == "redirect"))
        {
            Redirect(line, [.. line.Words.Skip(1)]);
        }

        foreach (SourceLine line in section.Lines.Where(static line => line[0] == "use_backend"))
        {
            Backend(line, line[1]);
        }

        if (section.Last("default_backend") is { } rest)
        {
            Backend(rest, rest[1]);
        }
        else if (section.Kind == "listen" && backendOf(section.Name) is { } own)
        {
            Rules.Add(
                new Rule(
                    section.Head,
                    [
                        [],
                    ],
                    own.Write
                )
                {
                    Forwards = true,
                }
            );
        }
    }

    private void Request(SourceLine line)
    {
        switch (line[1])
        {
            case "redirect":
                Redirect(line, [.. line.Words.Skip(2)]);
                break;
            case "deny" or "reject" or "silent-drop":
                Refuse(line);
                break;
            case "return":
                Return(line);
                break;
            case "auth":
                Auth(line);
                break;
            case "capture" or "set-log-level" or "set-nice":
                line.Entry.Tune("logs and priorities are the program's own");
                break;
            case "set-var" or "unset-var":
                line.Entry.Lose("a spec has no variables of a request");
                break;
            default:
                break;
        }
    }

    private void Backend(SourceLine line, string name)
    {
        if (backendOf(name) is { } backend)
        {
            if (Add(line, backend.Write) is { } rule)
            {
                Rules[^1] = rule with { Forwards = true };
            }
        }
        else
        {
            line.Entry.Lose(
                name.Contains("%[", StringComparison.Ordinal)
                    ? "a backend that each request names itself"
                    : "there is no such backend of HTTP"
            );
        }
    }

    private Rule? Add(SourceLine line, Func<OutputMap, OutputNode?> write)
    {
        if (_conditions.Of(line) is not { } alternatives)
        {
            line.Entry.Lose(TooMuch);
            return null;
        }

        var rule = new Rule(line, alternatives, write);
        Rules.Add(rule);
        return rule;
    }

    private void Redirect(SourceLine line, string[] words)
    {
        string code = line.Behind("code") is [var written, ..] ? written : "302";
        string? to = words switch
        {
            ["location", var location, ..] => Formats.Template(location),
            ["prefix", var prefix, ..] => Formats.Template(prefix) is { } begin ? begin.TrimEnd('/') + "{uri}" : null,
            ["scheme", var scheme, ..] => scheme + "://{host}{uri}",
            _ => null,
        };
        if (to is null)
        {
            line.Entry.Lose("a URL that a spec has no placeholders for");
            return;
        }

        if (line.Words.Contains("drop-query") || line.Words.Contains("set-cookie"))
        {
            line.Entry.Lose("the spec's redirect keeps the query and sets no cookie");
        }

        Rule? rule = Add(
            line,
            route =>
            {
                OutputMap map = route.Map("redirect");
                map.Word("status", code);
                return map.Set("to", to);
            }
        );
        if (rule is not null && words is ["scheme", "https", ..])
        {
            Rules[^1] = rule with { HttpsStatus = int.TryParse(code, CultureInfo.InvariantCulture, out int status) ? status : 302 };
        }
    }

    private void Return(SourceLine line)
    {
        string status = line.Behind("status") is [var written, ..] ? written : "200";
        string type = line.Behind("content-type") is [var media, ..] ? media : "text/plain";
        string? body =
            line.Behind("string") is [var text, ..] ? text
            : line.Behind("lf-string") is [var format, ..] ? format
            : null;
        if (line.Words.Contains("file") || line.Words.Contains("hdr") || line.Words.Contains("errorfile") || body?.Contains("%[") == true)
        {
            line.Entry.Lose("a spec's fixed response is a text without fields of its own");
        }

        Add(
            line,
            route =>
            {
                OutputMap map = route.Map("respond");
                if (body is not null)
                {
                    map.Set("content_type", type);
                    map.Set("body", body);
                }

                return map.Word("status", status);
            }
        );
    }

    private void Refuse(SourceLine line)
    {
        IReadOnlyList<IReadOnlyList<Term>>? alternatives = _conditions.Of(line);
        string status =
            line.Behind("deny_status") is [var written, ..] ? written
            : line.Behind("status") is [var other, ..] ? other
            : "403";
        if (line[1] == "deny" && status == "403" && alternatives?.All(static clause => clause.Any(IsClient)) == true)
        {
            foreach (IReadOnlyList<Term> clause in alternatives)
            {
                Term[] clients = [.. clause.Where(IsClient)];
                Term[] where = [.. clause.Except(clients)];
                if (where.Any(static term => term.IsNegated || (term.Kind != TermKind.Host && !term.IsPath)) || clients.Length != 1)
                {
                    line.Entry.Lose(TooMuch);
                    continue;
                }

                Guards.Add(new Guard(line, where, clients[0], route => Networks(route, clients[0])));
            }

            return;
        }

        Add(line, route => line[1] == "deny" ? route.Map("respond").Word("status", status) : route.Word("respond", "close"));
    }

    private void Auth(SourceLine line)
    {
        foreach (
            IReadOnlyList<Term> clause in _conditions.Of(line)
                ??
                [
                    [new Term(TermKind.Unknown, [])],
                ]
        )
        {
            Term? users = clause.FirstOrDefault(static term => term is { Kind: TermKind.Users, IsNegated: true });
            Term[] where = [.. clause.Where(term => term != users)];
            if (
                users is null
                || usersOf(users.Name) is not { } list
                || where.Any(static term => term.IsNegated || (term.Kind != TermKind.Host && !term.IsPath))
            )
            {
                line.Entry.Lose(TooMuch);
                continue;
            }

            Guards.Add(new Guard(line, where, users, route => Users(route, line, list)));
        }
    }

    private static OutputMap Users(OutputMap route, SourceLine line, SourceSection list)
    {
        OutputMap auth = route.Map("basic_auth");
        if (line.Behind("realm") is [var realm, ..])
        {
            auth.Set("realm", realm);
        }

        foreach (SourceLine user in list.Lines.Where(static each => each[0] == "user"))
        {
            if (user[2] == "password")
            {
                user.Entry.Say(auth.Map("users").Set(user[1], user[3]));
            }
            else
            {
                user.Entry.Lose("a spec has hashes of passwords: `htpasswd -nB NAME` prints one");
            }
        }

        return auth;
    }

    private static OutputList Networks(OutputMap route, Term clients)
    {
        OutputList list = route.List(clients.IsNegated ? "allow" : "deny");
        foreach (string network in clients.Values)
        {
            list.Add(new OutputText(network));
        }

        return list;
    }

    private static bool IsClient(Term term) => term.Kind == TermKind.Client;
}
