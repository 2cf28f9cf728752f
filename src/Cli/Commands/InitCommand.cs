using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Reference;
using Confgen.Cli.Scaffolding;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen init</c>.</summary>
internal static class InitCommand
{
    private const string UsualHost = "app.example.com";

    public static Command Create(CliEnvironment surroundings)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The file to write; confgen.yaml unless given.",
        };
        string[] words = [.. Responses.Kinds.Select(k => k.Word)];
        Option<string?> kind = new Option<string?>("--kind")
        {
            HelpName = string.Join('|', words),
            Description = "What is behind the proxy: " + string.Join("; ", Responses.Kinds.Select(k => $"{k.Word}: {k.Meaning}")) + ".",
        }.AcceptOnlyFromAmong(words);
        var host = new Option<string?>("--host")
        {
            HelpName = "HOST",
            Description =
                $"The host that clients ask for; {UsualHost} unless given. Of a Matrix server the part behind the colon of user names.",
        };
        var upstream = new Option<string?>("--to")
        {
            HelpName = "PORT|URL",
            Description = "The application; port 3000 of this machine unless given, with --app NAME that application's usual one.",
        };
        var apps = new Option<string[]>("--app")
        {
            HelpName = "NAME|HOST=PORT",
            Description =
                $"An application with its traps handled: {Responses.Applications}. Or one of several of your own with its host; may be "
                + "given again.",
        };
        apps.CompletionSources.Add(_ => Application.All.Select(a => a.Name));
        var tls = new Option<string?>("--tls")
        {
            HelpName = "auto|internal|off|FOLDER",
            Description =
                "Where certificates come from: ACME, a local authority for development, nowhere, or a folder with HOST.pem and HOST.key. "
                + "off unless given, for a Matrix server auto.",
        };
        Option<bool> force = Parameters.Flag("--force", "Overwrite the file.");
        Option<bool> modeline = Parameters.Flag(
            "--modeline",
            $"Begin with the line that leads editors to {SchemaCommand.UsualFile}, and write that file where it is missing."
        );
        var verb = new Verb("init", "Write a first spec; on a terminal it asks for what isn't told.")
        {
            Examples =
            [
                new("confgen init", "ask, and write confgen.yaml"),
                new("confgen init --kind streaming --host chat.example.com --to 3210", "a chat that streams"),
                new("confgen init --app nextcloud --host cloud.example.com --tls auto", "one of the applications that it knows"),
                new("confgen init --kind matrix --host example.com --tls /etc/ssl", "a Matrix homeserver"),
                new("confgen init --kind many --app a.example.com=3000 --app b.example.com=4000", "two applications"),
            ],
        };
        verb.Add(file);
        foreach (Option option in new Option[] { kind, host, upstream, apps, tls, force, modeline })
        {
            verb.Add(option);
        }

        verb.SetAction(call =>
        {
            string name = call.GetValue(file) ?? "confgen.yaml";
            if (surroundings.Files.FileExists(name) && !call.GetValue(force))
            {
                return surroundings.Complain(
                    CallRules.CannotWrite,
                    $"'{name}' is there already",
                    "write another file, or overwrite it with --force"
                );
            }

            var told = new Told(
                call.GetValue(kind),
                call.GetValue(host),
                call.GetValue(upstream),
                call.GetValue(apps) ?? [],
                call.GetValue(tls)
            );
            string? unknown = told.Apps.FirstOrDefault(a => !a.Contains('=', StringComparison.Ordinal) && Application.Find(a) is null);
            (FirstSpec? spec, string? problem) =
                unknown is not null ? (null, $"unknown application '{unknown}': expected HOST=PORT or one of {Responses.Applications}")
                : told is { Name: not null, Kind: not null } ? (null, $"'{told.Name}' is a spec of its own: leave --kind out")
                : told.Name is not null && told.Apps.Length > 1 ? (null, $"'{told.Name}' is a spec of its own: give --app once")
                : Collect(surroundings, told);
            return spec is null
                ? surroundings.Complain(problem ?? "not enough answers", "nothing was written")
                : Write(surroundings, name, spec, call.GetValue(modeline));
        });
        return verb;
    }

    // What the call says counts; what it leaves open is asked where somebody can answer, and has its usual value where not.
    private static (FirstSpec? Spec, string? Problem) Collect(CliEnvironment surroundings, Told told)
    {
        bool asks = surroundings.InputIsTerminal.Value && told.Kind is null && told.Name is null;
        using Stream input = asks ? surroundings.Input() : Stream.Null;
        using var reader = new StreamReader(input, Encoding.UTF8);
        var questions = new Questions(surroundings, reader);
        string? problem = null;

        T? Of<T>(string? given, string question, string usual, Func<string, (T? Value, string? Problem)> read)
            where T : class
        {
            if (problem is not null)
            {
                return null;
            }

            if (given is null && asks)
            {
                T? response = questions.Ask(question, usual, read);
                problem = response is null ? "not enough answers" : null;
                return response;
            }

            (T? value, problem) = read(given ?? usual);
            return value;
        }

        if (asks)
        {
            foreach ((string word, _, string meaning) in Responses.Kinds)
            {
                surroundings.Say($"  {word, -10} {meaning}");
            }
        }

        string? kindWord = Of<string>(
            told.Kind ?? told.Name ?? (told.Apps.Length > 0 ? "many" : null),
            "What is behind the proxy?",
            "app",
            Responses.Kind
        );
        Application? known = Application.Find(kindWord == "matrix" ? Responses.Homeserver : kindWord ?? "");
        FirstSpecKind kind = known is not null ? FirstSpecKind.Known : Responses.Kinds.FirstOrDefault(k => k.Word == kindWord).Kind;
        bool isMany = kind == FirstSpecKind.Many;
        string many = told.Apps.Length > 0 ? string.Join(' ', told.Apps) : "a.example.com=3000 b.example.com=4000";
        List<(HostPattern Host, ServerAddress Upstream)>? apps = !isMany
            ? []
            : Of(
                told.Apps.Length > 0 ? many : null,
                "Which hosts and ports?",
                many,
                text => Responses.Apps(text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            );
        HostPattern? host = isMany
            ? HostPattern.Any
            : Of(
                told.Host,
                known is { NeedsTls: true } ? "Which domain do user names end in?" : "Which host do clients ask for?",
                known is { NeedsTls: true } ? "example.com" : UsualHost,
                Responses.Host
            );
        ServerAddress? upstream = isMany
            ? Responses.Upstream("3000").Value
            : Of(told.Upstream, "On which port is the application?", known?.Upstream ?? "3000", Responses.Upstream);
        string? certificate = Of<string>(
            told.Tls,
            "Certificates: auto, internal, off, or a folder?",
            known is { NeedsTls: true } ? FirstSpec.Auto : FirstSpec.Off,
            text =>
                known is { NeedsTls: true } && text == FirstSpec.Off
                    ? (null, "a Matrix server needs TLS: auto, internal or a folder")
                    : Responses.Certificate(text)
        );
        return host is null || upstream is null || certificate is null || apps is null
            ? (null, problem)
            : (new FirstSpec(kind, known, host, upstream, apps, certificate), null);
    }

    private static int Write(CliEnvironment surroundings, string name, FirstSpec spec, bool modeline)
    {
        // What the compiler has to say of the combination, it says before anything is written; only targets that can do it are recommended.
        CompilerHost host = Compilers.Create(surroundings);
        Compilation draft = Compilation.FromText(host, new SourceText(name, FirstSpecText.Of(spec, "nginx", null)));
        string[] able =
        [
            .. surroundings
                .Targets()
                .Where(t =>
                    draft.Render(t, Layout.Complete) is var result
                    && result.Files.Count > 0
                    && !result.Diagnostics.Any(d => d.Severity == Severity.Error)
                )
                .Take(2)
                .Select(t => t.Name),
        ];
        string targets = able.Length > 0 ? string.Join(',', able) : surroundings.Targets()[0].Name;
        string text = FirstSpecText.Of(spec, targets, modeline ? SchemaCommand.Modeline(SchemaCommand.UsualFile) : null);
        Compilation compilation = Compilation.FromText(host, new SourceText(name, text));
        var report = new Report(name, compilation.Diagnostics, compilation.Sources);
        if (report.Errors > 0)
        {
            new TextFormat(surroundings.ErrorTerminal).Write(surroundings.Error, [report]);
            return ExitCode.BadSpec;
        }

        var root = new OutputRoot(
            Path.GetDirectoryName(surroundings.FullPath(name)) ?? surroundings.Directory,
            Path.GetDirectoryName(name) ?? ""
        );
        var file = new OutputFile(root, Path.GetFileName(name), Encoding.UTF8.GetBytes(text), HoldsSecrets: false);
        if (OutputFolder.Fault(file) is { } fault)
        {
            return surroundings.Complain(CallRules.CannotWrite, fault);
        }

        var schema = new OutputFile(
            root,
            SchemaCommand.UsualFile,
            Encoding.UTF8.GetBytes(JsonSchema.Of(host.Catalogue.Objects[0])),
            HoldsSecrets: false
        );
        bool writesSchema = modeline && !File.Exists(schema.FullPath);
        new OutputTransaction(surroundings.Clock).Write(writesSchema ? [file, schema] : [file]);
        if (writesSchema)
        {
            surroundings.Say($"wrote {schema.Shown}");
        }

        new TextFormat(surroundings.ErrorTerminal).Write(surroundings.Error, [report]);
        surroundings.Say($"wrote {name}; next: confgen build {(name == "confgen.yaml" ? "" : name + " ")}-t {targets}");
        return ExitCode.Good;
    }

    private sealed record Told(string? Kind, string? Host, string? Upstream, string[] Apps, string? Tls)
    {
        /// <summary>The application that is named; null where pairs are.</summary>
        public string? Name => Array.Find(Apps, a => !a.Contains('=', StringComparison.Ordinal));
    }
}
