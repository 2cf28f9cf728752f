using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Conformance.Tests.Running;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Coverage;

/// <summary>Every field of the language has a case that uses it.</summary>
public sealed class CoverageTests
{
    /// <summary>Those that no program can be asked about, with the reason.</summary>
    private static readonly Dictionary<string, string> _exceptions = new()
    {
        ["tunnel.*"] = "no program here but V2Ray has tunnels; its target's tests run real pairs",
        ["spec.tunnels"] = "as tunnel.*",
        ["stream.*"] = "the cases speak HTTP; the tests of streams run them on each program that has them",
        ["spec.streams"] = "as stream.*",
        ["targets.v2ray*"] = "as tunnel.*",
        ["targets.pyserve*"] = "PyServe is none of the programs here",
        ["targets.traefik*"] = "there is no Traefik here",
        ["targets.apache*"] = "as targets.haproxy*",
        ["targets.haproxy*"] = "the cases are rendered for the version that is here",
        ["spec.acme"] = "there is no authority beside the programs here; the tests of the proxy run it against pebble",
        ["acme.*"] = "as spec.acme",
        ["targets.caddy.email"] = "as spec.acme",
        ["targets.caddy.output"] = "labels are read by tests of the target, which compare what they adapt to with the Caddyfile",
        ["targets.caddy.container"] = "as targets.caddy.output",
        ["targets.nginx.trusted_certificates"] = "names the system's authorities, which sign no certificate of a test",
        ["targets.nginx.user"] = "the program runs as whoever runs the tests",
        ["targets.nginx.modules"] = "depends on how the installed nginx was built",
    };

    // Ports and folders come from the environment.
    private readonly CompilerHost _host = new(TargetCatalogue.All, new ScribanTemplates(_ => null), new DiskFileSystem(), _ => "1");

    [Fact]
    public void Every_field_has_a_case()
    {
        HashSet<string> used = Used();
        string[] missing = [.. _host.Catalogue.Ids.Where(id => !used.Contains(id) && !_exceptions.Keys.Any(e => Covers(e, id)))];
        Assert.True(missing.Length == 0, "no case uses " + string.Join(", ", missing));
    }

    [Fact]
    public void Every_exception_is_still_one()
    {
        HashSet<string> used = Used();
        string[] stale = [.. _exceptions.Keys.Where(e => !_host.Catalogue.Ids.Any(id => Covers(e, id) && !used.Contains(id)))];
        Assert.True(stale.Length == 0, "a case uses it by now, or it is gone: " + string.Join(", ", stale));
    }

    private HashSet<string> Used() =>
        [.. CaseSchedule.Names.SelectMany(name => Compilation.WrittenFields(_host, Path.Combine(CaseSchedule.Root, name, "spec.yaml")))];

    private static bool Covers(string exception, string id) =>
        exception == id || (exception.EndsWith('*') && id.StartsWith(exception[..^1], StringComparison.Ordinal));
}
