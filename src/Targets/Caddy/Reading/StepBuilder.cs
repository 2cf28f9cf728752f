using Confgen.Targets.Caddy.Reading.Actions;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Makes the steps of a block from its directives.</summary>
internal sealed class StepBuilder(ReadingState reading, SiteContext site)
{
    private const string Body = "what changes or makes bodies can't be said";

    private readonly ImportChain _invoked = new();

    /// <summary>All steps made so far.</summary>
    public List<Step> All { get; } = [];

    /// <summary>The steps of a block, in the order in which requests take them.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="outer">The named matchers of the blocks around it.</param>
    /// <param name="isSorted">Whether Caddy sorts them: not in <c>route</c>.</param>
    public List<Step> Build(IReadOnlyList<SourceLine> lines, IReadOnlyDictionary<string, SourceLine> outer, bool isSorted)
    {
        var named = new Dictionary<string, SourceLine>(outer, StringComparer.Ordinal);
        foreach (SourceLine line in lines.Where(l => l.Name.StartsWith('@')))
        {
            named.TryAdd(line.Name, line);
        }

        var block = new Block(named, new MatcherReader(site, named), lines);
        List<Step> steps = [.. lines.Where(l => !l.Name.StartsWith('@')).SelectMany(l => Steps(l, block))];
        All.AddRange(steps);
        return isSorted ? [.. reading.Options.Order.Sorted(steps)] : steps;
    }

    /// <summary>Settles what no request gets to, and conditions that can't be asked.</summary>
    public void Settle()
    {
        foreach (Step step in All)
        {
            if (step.Condition.IsUndecided)
            {
                step.Line.Entry.Lose("its matcher and one around it ask about the path in ways that one route can't");
            }
            else if (!step.IsReached)
            {
                step.Line.TuneAll("no request gets there");
            }
            else if (step.Line.Name is "root" or "try_files")
            {
                step.Line.TuneAll("no files are served");
            }
        }
    }

    private IEnumerable<Step> Steps(SourceLine line, Block block)
    {
        Directive directive = Directive.Of(line, block.Matchers);
        if (directive.Condition.Problem is { } problem)
        {
            foreach (SourceLine defining in directive.Condition.Lines)
            {
                defining.Entry.Lose(problem);
            }

            // A guard holds for every request rather than for none.
            if (line.Name is not ("basic_auth" or "basicauth" or "forward_auth"))
            {
                line.LoseAll("its matcher is lost");
                return [];
            }

            line.Entry.Lose("its matcher is lost: it holds for every request");
            directive = directive with { Condition = Condition.Always };
        }

        return Known(directive, block);
    }

    private IEnumerable<Step> Known(Directive directive, Block block)
    {
        SourceLine line = directive.Line;
        switch (line.Name)
        {
            case "handle" or "route":
                return [Inside(directive, block, directive.Condition, [])];
            case "handle_path":
                return [StripPath(directive, block)];
            case "invoke":
                return Invoke(directive, block);
            case "root" or "try_files":
                return [new Step(line, directive.Condition) { Group = line.Name == "root" ? block.Roots : null }];
            case "rewrite" or "uri":
                return RewriteReader.Read(directive, line.Name == "rewrite" ? block.Rewrites : null);
            case "redir":
                return [Responding(directive, d => RespondReader.Redirect(directive, d))];
            case "respond":
                return [Refusing(directive) ?? Responding(directive, d => RespondReader.Respond(directive, d))];
            case "abort":
                return [Refusing(directive) ?? Responding(directive, d => line.Entry.Say(d.Route.Word("respond", "close")))];
            case "error":
                return [Refusing(directive) ?? Responding(directive, d => RespondReader.Error(directive, d))];
            case "reverse_proxy":
                return [Responding(directive, d => new ProxyReader(reading, directive, d).Read())];
            case "php_fastcgi":
                return [Responding(directive, d => new ProxyReader(reading, directive, d, block.Files).Read())];
            case "file_server":
                return [Responding(directive, d => FilesReader.Read(directive, d))];
            case "header" or "request_header":
                return [Passing(directive, d => HeadersReader.Read(directive, d))];
            case "basic_auth" or "basicauth":
                return [Passing(directive, d => GuardsReader.BasicAuth(directive, d))];
            case "forward_auth":
                return [Passing(directive, d => GuardsReader.ForwardAuth(directive, d))];
            case "encode":
                return [Passing(directive, d => SmallReaders.Encode(directive, d))];
            case "request_body":
                return [Passing(directive, d => SmallReaders.RequestBody(directive, d))];
            case "log_skip" or "skip_log":
                return [Passing(directive, d => line.Entry.Say(d.Route.Word("log", "off")))];
            case "tracing" or "log_append" or "log_name":
                line.TuneAll("what is logged and traced");
                return [];
            case "php_server" or "metrics" or "acme_server" or "mercure" or "webdav" when reading.Options.Order.Knows(line.Name):
                return [Responding(directive, d => Refuse(directive, d))];
            case "templates" or "push" or "intercept" or "replace" or "map" or "vars" or "method" or "fs":
                line.LoseAll(line.Name is "templates" or "replace" ? Body : $"there is no word for '{line.Name}'");
                return [];
            case "copy_response" or "copy_response_headers":
                line.LoseAll("responses of the upstream pass whole");
                return [];
            default:
                line.LoseAll("the importer doesn't know it");
                return [];
        }
    }

    private Step Inside(Directive directive, Block block, Condition condition, IReadOnlyList<Step> first)
    {
        List<Step> inner = Build(directive.Line.Block, block.Named, isSorted: directive.Line.Name != "route");
        return new Step(directive.Line, condition)
        {
            Inner = [.. first, .. inner],
            Group = directive.Line.Name == "route" ? null : block.Handles,
        };
    }

    private Step StripPath(Directive directive, Block block)
    {
        string prefix = (directive.Condition.OnlyPath ?? "").TrimEnd('*').TrimEnd('/');
        return prefix.Length == 0
            ? Inside(directive, block, directive.Condition, [])
            : Inside(
                directive,
                block,
                directive.Condition,
                [
                    new Step(directive.Line, Condition.Always)
                    {
                        Effect = d => RewriteReader.Settle(directive, d, RewriteReader.Strip(prefix, d)),
                        Change = new PathChange.Cut(prefix),
                    },
                ]
            );
    }

    private IEnumerable<Step> Invoke(Directive directive, Block block)
    {
        if (!reading.NamedRoutes.TryGetValue(directive.First, out SourceLine? route))
        {
            directive.Line.Entry.Lose("there is no such route");
            return [];
        }

        if (!_invoked.TryOpen(directive.First))
        {
            directive.Line.Entry.Lose("named routes invoke one another without an end");
            return [];
        }

        directive.Line.Entry.Imply("the named route is read");
        List<Step> inner = Build(route.Block, new Dictionary<string, SourceLine>(), isSorted: true);
        _invoked.Close(directive.First);
        return [new Step(route, directive.Condition) { Inner = inner }];
    }

    private static Step Responding(Directive directive, Action<RouteDraft> response) =>
        new(directive.Line, directive.Condition) { Response = response };

    private static Step Passing(Directive directive, Action<RouteDraft> effect) =>
        new(directive.Line, directive.Condition) { Effect = effect };

    // A refusal of some clients, or of all others, is a guard of every route that requests go on to.
    private static Step? Refusing(Directive directive)
    {
        if (directive.Condition.Clients is not var (networks, isOutside))
        {
            return null;
        }

        bool isForbidden = directive.Line.Name switch
        {
            "abort" => true,
            "error" => directive.Words is [.., "403"],
            _ => directive.Words.Contains("403"),
        };
        if (!isForbidden)
        {
            return null;
        }

        string? note =
            directive.Line.Name == "abort" ? "with 403 instead of closing the connection"
            : directive.Words.Count > 1 ? "without a body"
            : null;
        return new Step(directive.Line, directive.Condition.WithoutClients())
        {
            Effect = d =>
            {
                if (isOutside && d.Route["allow"] is not null)
                {
                    directive.Line.Entry.Lose("a route has one list of clients that may");
                    return;
                }

                OutputList list = d.Route.List(isOutside ? "allow" : "deny");
                foreach (string network in networks)
                {
                    list.Add(new OutputText(network));
                }

                directive.Line.Entry.Say(list, note);
                foreach (SourceLine line in directive.Line.Block)
                {
                    line.Entry.Tune("a refusal has no body of its own");
                }
            },
        };
    }

    private static void Refuse(Directive directive, RouteDraft draft)
    {
        directive.Line.LoseAll(
            directive.Line.Name == "php_server"
                ? "scripts run on a FastCGI server, not in the proxy; the route responds with 501"
                : $"nothing does what '{directive.Line.Name}' does; the route responds with 501"
        );
        draft.Refuse($"{directive.Line.Name} {string.Join(' ', directive.Words)}".TrimEnd());
    }

    /// <summary>A block under way.</summary>
    private sealed record Block(IReadOnlyDictionary<string, SourceLine> Named, MatcherReader Matchers, IReadOnlyList<SourceLine> Lines)
    {
        /// <summary>The file server that takes what scripts leave; null where there is none.</summary>
        public SourceLine? Files =>
            Lines.FirstOrDefault(l => l.Name == "file_server" && !l.First.StartsWith('@') && !l.First.StartsWith('/'));

        public object Handles { get; } = new();

        public object Roots { get; } = new();

        public object Rewrites { get; } = new();
    }
}
