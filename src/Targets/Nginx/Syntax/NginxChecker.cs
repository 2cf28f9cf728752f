using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Finds what nginx of a version would refuse in a configuration, without nginx: directives that it doesn't know, or not there, or not
/// with these arguments; duplicates; variables that nothing defines.
/// </summary>
internal sealed class NginxChecker
{
    private readonly TargetVersion _version;
    private readonly NginxCatalogue _catalogue = NginxCatalogue.Instance;
    private readonly NginxVariableUse _variables;
    private readonly List<NginxFinding> _findings = [];
    private readonly HashSet<string> _upstreams = [];

    // For each depth, the block that last had the directive: a duplicate is found without a set for each block.
    private readonly List<int[]> _seen = [];
    private int _blocks;
    private readonly IReadOnlyDictionary<string, NginxBlock> _included;
    private string _file = "";

    private NginxChecker(TargetVersion version, IReadOnlyDictionary<string, NginxBlock> included)
    {
        _version = version;
        _included = included;
        _variables = new NginxVariableUse(version);
    }

    /// <summary>Checks files that one nginx would read together.</summary>
    /// <param name="files">The files.</param>
    /// <param name="version">The version.</param>
    /// <param name="included">Files that these include, by the names that <c>include</c> gives them; what other includes hold is not
    /// known.</param>
    public static IReadOnlyList<NginxFinding> Check(
        IReadOnlyList<NginxSourceFile> files,
        TargetVersion version,
        IReadOnlyDictionary<string, NginxBlock>? included = null
    )
    {
        var checker = new NginxChecker(version, included ?? new Dictionary<string, NginxBlock>());
        foreach (NginxSourceFile file in files)
        {
            checker.Enter(file.Name);
            checker.CheckBlock(file.Block, file.Context, 0);
        }

        checker._findings.AddRange(checker._variables.Undefined());
        return checker._findings;
    }

    private void Enter(string file)
    {
        _file = file;
        _variables.Enter(file);
    }

    private void CheckBlock(NginxBlock block, NginxContext context, int depth)
    {
        int serial = ++_blocks;
        if (_seen.Count == depth)
        {
            _seen.Add(new int[_catalogue.Definitions.Count]);
        }

        HashSet<string>? locations = null;
        CheckDirectives(block, context, depth, serial, ref locations);
    }

    private void CheckDirectives(NginxBlock block, NginxContext context, int depth, int serial, ref HashSet<string>? locations)
    {
        foreach (NginxDirective directive in block.Directives)
        {
            if (NginxInlining.Included(directive, _included) is { } included)
            {
                string outer = _file;
                Enter(directive.Arguments[0].Value);
                CheckDirectives(included, context, depth, serial, ref locations);
                Enter(outer);
                continue;
            }

            if (Resolve(directive, context) is not { } definition)
            {
                continue;
            }

            if (definition.Once && _seen[depth][definition.Index] == serial)
            {
                Report(directive.Name, $"\"{definition.Name}\" directive is duplicate");
            }

            _seen[depth][definition.Index] = serial;
            CheckArguments(directive, definition);
            _variables.Note(directive, definition, context);
            switch (definition.Name)
            {
                case "location" when !(locations ??= []).Add(LocationKey(directive)):
                    Report(directive.Name, $"duplicate location \"{directive.Arguments[^1].Value}\"");
                    break;
                case "upstream" when directive.Arguments.Count == 1 && !_upstreams.Add(context + " " + directive.Arguments[0].Value):
                    Report(directive.Name, $"duplicate upstream \"{directive.Arguments[0].Value}\"");
                    break;
                case "listen" when context == NginxContext.Server:
                    NginxParameters.CheckListen(directive, _version, Report);
                    break;
                case "server" when context == NginxContext.Upstream:
                    NginxParameters.CheckUpstreamServer(directive, _version, Report);
                    break;
            }

            if (directive.Block is { } inner)
            {
                NginxContext child = ChildContext(definition.Name, context);
                if (child == NginxContext.Data)
                {
                    CheckData(inner, definition.Name);
                }
                else
                {
                    CheckBlock(inner, child, depth + 1);
                }
            }
        }
    }

    /// <summary>The definition that nginx would follow; where there is none, says why.</summary>
    private NginxDefinition? Resolve(NginxDirective directive, NginxContext context)
    {
        ReadOnlySpan<NginxDefinition> found = _catalogue.Find(directive.Name.Content);
        if (found.IsEmpty || directive.Name.IsQuoted)
        {
            found = _catalogue.Find(directive.Name.Value);
        }

        NginxDefinition? misplaced = null;
        NginxDefinition? otherVersion = null;
        foreach (NginxDefinition definition in found)
        {
            if (!definition.IsIn(_version))
            {
                otherVersion = definition;
            }
            else if ((definition.Contexts & context) == NginxContext.None)
            {
                misplaced = definition;
            }
            else
            {
                return definition;
            }
        }

        string name = directive.Name.Value;
        if (found.IsEmpty)
        {
            _findings.Add(
                new NginxFinding(directive.Name.Line, directive.Name.Column, $"unknown directive \"{name}\"")
                {
                    File = _file,
                    IsUnknown = true,
                }
            );
            return null;
        }

        Report(
            directive.Name,
            (misplaced, otherVersion) switch
            {
                (not null, _) => $"\"{name}\" directive is not allowed here",
                (_, { Since: { } since }) when _version < since =>
                    $"unknown directive \"{name}\": nginx has it from {since} on, this is for {_version}",
                (_, { Before: { } before }) => $"unknown directive \"{name}\": nginx has it only before {before}, this is for {_version}",
                _ => $"unknown directive \"{name}\"",
            }
        );
        return null;
    }

    private void CheckArguments(NginxDirective directive, NginxDefinition definition)
    {
        if (definition.IsBlock && directive.Block is null)
        {
            Report(directive.Name, $"directive \"{definition.Name}\" has no opening \"{{\"");
        }
        else if (!definition.IsBlock && directive.Block is not null)
        {
            Report(directive.Name, $"directive \"{definition.Name}\" is not terminated by \";\"");
        }
        else if (!definition.Takes(directive.Arguments.Count))
        {
            Report(
                directive.Name,
                $"invalid number of arguments in \"{definition.Name}\" directive: it takes {definition.Arguments}, here are "
                    + $"{directive.Arguments.Count}"
            );
        }
        else if (!NginxValues.Accepts(definition, directive.Arguments))
        {
            string words =
                definition.Words.Count > 0
                    ? $" it takes {string.Join(", ", definition.Words)}"
                    : $" it takes a {definition.Kind.ToString().ToLowerInvariant()}";
            Report(directive.Arguments[0], $"invalid value \"{directive.Arguments[0].Value}\" in \"{definition.Name}\" directive:{words}");
        }
    }

    /// <summary>Checks the lines of a map, geo, types, ...: each is words and a semicolon.</summary>
    private void CheckData(NginxBlock block, string owner)
    {
        foreach (NginxDirective line in block.Directives)
        {
            int words = line.Arguments.Count + 1;
            if (line.Block is not null)
            {
                Report(line.Name, "unexpected \"{\"");
            }
            else if (!(owner == "types" ? words >= 2 : words == 2 || (words == 1 && owner is "map" or "geo")))
            {
                Report(line.Name, $"invalid number of the {owner} parameters");
            }

            _variables.NoteData(line, owner);
        }
    }

    private void Report(NginxToken at, string message) => Report(at, message, isWarning: false);

    private void Report(NginxToken at, string message, bool isWarning) =>
        _findings.Add(new NginxFinding(at.Line, at.Column, message, isWarning) { File = _file });

    private static string LocationKey(NginxDirective directive) =>
        directive.Arguments.Count == 2 ? directive.Arguments[0].Value + " " + directive.Arguments[1].Value
        : directive.Arguments.Count == 1 ? directive.Arguments[0].Value
        : "";

    private static NginxContext ChildContext(string name, NginxContext parent) =>
        (name, parent) switch
        {
            ("events", _) => NginxContext.Events,
            ("http", _) => NginxContext.Http,
            ("stream", _) => NginxContext.Stream,
            ("mail", _) => NginxContext.Mail,
            ("server", NginxContext.Stream) => NginxContext.StreamServer,
            ("server", NginxContext.Mail) => NginxContext.MailServer,
            ("server", _) => NginxContext.Server,
            ("upstream", NginxContext.Stream) => NginxContext.StreamUpstream,
            ("upstream", _) => NginxContext.Upstream,
            ("location", _) => NginxContext.Location,
            ("limit_except", _) => NginxContext.LimitExcept,
            ("if", NginxContext.Server) => NginxContext.ServerIf,
            ("if", _) => NginxContext.LocationIf,
            _ => NginxContext.Data,
        };
}
