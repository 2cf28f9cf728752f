using System.CommandLine;

namespace Confgen.Cli.Commands;

/// <summary>The verbs, in the order in which help shows them.</summary>
internal static class Verbs
{
    public static RootCommand Root(CliEnvironment surroundings)
    {
        var root = new RootCommand(
            "One YAML spec of sites, paths and upstreams; checked configurations for nginx, Caddy, HAProxy, Apache httpd, Traefik, PyServe."
        )
        {
            BuildCommand.Create(surroundings),
            ApplyCommand.Create(surroundings),
            ValidateCommand.Create(surroundings),
            InitCommand.Create(surroundings),
            ImportCommand.Create(surroundings),
            DiffCommand.Create(surroundings),
            ExplainCommand.Create(surroundings),
            TestCommand.Create(surroundings),
            FmtCommand.Create(surroundings),
            ServeCommand.Create(surroundings),
            HealthCommand.Create(surroundings),
            TunnelCommand.Create(surroundings),
            RulesCommand.Create(surroundings),
            TargetsCommand.Create(surroundings),
            SchemaCommand.Create(surroundings),
            LspCommand.Create(surroundings),
            CompletionCommand.Create(surroundings),
            DocsCommand.Create(surroundings),
        };

        // `[suggest]` would answer with files' names as verbs; `confgen completion` writes proper scripts.
        root.Directives.Clear();
        return root;
    }
}
