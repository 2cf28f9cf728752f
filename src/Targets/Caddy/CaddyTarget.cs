using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.Caddy.Building;
using Confgen.Targets.Caddy.Labels;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;
using Confgen.Targets.Compose;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Caddy;

/// <summary>Caddy 2, by Caddyfiles.</summary>
public sealed class CaddyTarget : IRenderingTarget
{
    private const string MainFile = "Caddyfile";
    private const string OptionsFile = "global.caddy";
    private const string ComposeFile = "compose.caddy.yaml";
    private const string Labels = "labels";
    private const string DefaultContainer = "caddy";

    /// <inheritdoc/>
    public string Name => "caddy";

    /// <inheritdoc/>
    public string Title => "Caddy 2, as a Caddyfile";

    /// <inheritdoc/>
    public ObjectSchema Settings { get; } =
        new(
            "targets.caddy",
            "What only Caddy needs.",
            new("version", TypeSchema.Text, "The release that reads the output: syntax and behaviour differ.")
            {
                Default = "\"2.6\"",
                Example = "\"2.11\"",
            },
            new(
                "output",
                new TypeSchema.Choice("Caddyfile", Labels),
                "What is written: a Caddyfile, or labels of caddy-docker-proxy for the services of a compose file."
            )
            {
                Default = "Caddyfile",
                Example = Labels,
            },
            new("container", TypeSchema.Text, "Caddy's own service in the compose file, for `output: labels`.")
            {
                Default = DefaultContainer,
                Example = "proxy",
            },
            new("email", TypeSchema.Text, "The account at the certificate authority, which warns it before certificates run out.")
            {
                Example = "ops@example.com",
            }
        );

    /// <inheritdoc/>
    public CapabilityTable Capabilities => CaddyCapabilities.Table;

    /// <inheritdoc/>
    public IReadOnlyList<TargetVersion> Versions { get; } = [new(2, 6), new(2, 7), new(2, 8), new(2, 9), new(2, 10), new(2, 11)];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion { get; } = new(2, 6);

    /// <inheritdoc/>
    public ConstantOutput? Constants { get; } =
        new(
            "caddyfile",
            """
            `confgen.caddy` is the same for every spec of a release of Caddy: snippets that the `Caddyfile`, which is the spec's own, imports. `--single-file` and
            `--stdout` write the snippets into the Caddyfile; `--layout conf.d` writes `confgen.caddy` beside `sites.caddy`, which imports a file for each site.

            Words in capitals are the arguments of an import, in their order. From 2.7 on the first is spelled `{args[0]}` instead of `{args.0}`.

            A spec with more than 100 routes has no imports: each copies all words of the file, so that Caddy would need minutes to read it. There the same lines
            stand in every route.
            """,
            ConstantSnippets.All
        );

    /// <inheritdoc/>
    public void Check(RenderContext context) => CaddyChecks.Check(context);

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        var version = new CaddyVersion(context.Version.Minor, context.Version.Patch);
        bool asLabels = context.Settings.Text("output") == Labels;
        CaddyfileView view = CaddyfileBuilder.Build(context, version, mayImport: !asLabels);
        if (context.HasErrors)
        {
            return [];
        }

        List<(string Path, string Text)> drafts =
            context.Layout == Layout.Complete || asLabels
                ? [(MainFile, context.Templates.Render("caddy/Caddyfile.scriban", view))]
                : IncludeFiles(context, view);
        if (view.Program.Imports && !view.HoldsConstants)
        {
            drafts.Add((ConstantSnippets.File, ConstantSnippets.Draft(context.Templates, version)));
        }

        List<CaddyDocument> documents =
        [
            .. drafts.Select(draft =>
                CaddyParser.Parse(draft.Path == OptionsFile ? "{" + draft.Text + "}\n" : draft.Text, version, draft.Path)
            ),
        ];
        // What is imported is read first.
        IReadOnlyList<CaddyProblem> problems = CaddyChecker.Check(
            version,
            [.. documents.OrderBy(static document => document.File == ConstantSnippets.File ? 0 : 1)]
        );
        var raw = new RawOutput(context, Name);
        foreach (CaddyProblem problem in problems)
        {
            string text = documents.Find(document => document.File == problem.File)?.Source.Split('\n')[problem.Line - 1] ?? "";
            if (!raw.Report(text, problem.Message, problem.IsUnknown))
            {
                context.ReportBadOutput(problem.File, problem.Line, problem.Column, problem.Message);
            }
        }

        bool secrets =
            context.Spec.Acme.Eab is not null
            || context.Spec.Sites.Any(static site => site.Routes.Any(static route => route.BasicAuth is not null));
        if (asLabels && !context.HasErrors)
        {
            ComposeView compose = CaddyCompose.Of(context, context.Settings.Text("container") ?? DefaultContainer, documents[0], version);
            return context.HasErrors
                ? []
                : [new RenderedFile(ComposeFile, context.Templates.Render("caddy/compose.yaml.scriban", compose), secrets)];
        }

        return context.HasErrors ? [] : [.. documents.Select(document => File(document.File == ConstantSnippets.File, document))];

        RenderedFile File(bool isConstant, CaddyDocument document) =>
            new(document.File, Format(document), secrets && !isConstant) { IsConstant = isConstant };
    }

    /// <summary>The text of a file; the global options are imported into their block, so they lose it.</summary>
    private static string Format(CaddyDocument document)
    {
        string text = CaddyFormatter.Format(document);
        return document.File != OptionsFile
            ? text
            : string.Concat(text.Split('\n')[1..^2].Select(static line => (line.StartsWith('\t') ? line[1..] : line) + "\n"));
    }

    private static List<(string Path, string Text)> IncludeFiles(RenderContext context, CaddyfileView view)
    {
        var files = new List<(string Path, string Text)>
        {
            (OptionsFile, context.Templates.Render("caddy/global.scriban", view)),
            ("sites.caddy", context.Templates.Render("caddy/sites.caddy.scriban", view)),
        };
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SiteView site in view.Sites)
        {
            string name = string.Concat(site.Name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
            string path = name;
            for (int i = 2; !names.Add(path); i++)
            {
                path = string.Create(null, $"{name}-{i}");
            }

            files.Add(($"sites/{path}.caddy", context.Templates.Render("caddy/site.caddy.scriban", site)));
        }

        return files;
    }
}
