using Confgen.Compiler;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Tests.InMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.PyServe;

/// <summary>Whatever a config.yaml holds, it is read or told what is wrong with it.</summary>
public sealed class PyServeReaderNeverThrowsTests
{
    private static readonly Gen<string> Scalar = Gen.Elements(
        "",
        "~",
        "1",
        "0",
        "-1",
        "70000",
        "010",
        "yes",
        "true",
        "\"\"",
        "/",
        "/api",
        "/api/",
        "//",
        "/..",
        "/%zz",
        "/%00",
        "api",
        "\"/\\u0000\"",
        "localhost",
        "127.0.0.1",
        "\"::1\"",
        "[]",
        "{}",
        "info",
        "INFO",
        "2",
        "routing",
        "\"${X}\"",
        "\"{a}\"",
        "\"~(\"",
        "http://127.0.0.1:1/x",
        "x y",
        "\u00E9"
    );

    private static readonly string[] Keys =
    [
        "version",
        "server",
        "http",
        "ssl",
        "logging",
        "extensions",
        "host",
        "port",
        "backlog",
        "default_root",
        "reverse_proxy",
        "redirect_instructions",
        "locations",
        "path",
        "static_dir",
        "templates_dir",
        "enabled",
        "cert_file",
        "key_file",
        "level",
        "log_file",
        "structured_logs",
        "use_rotation",
        "type",
        "config",
        "source",
        "regex_locations",
        "proxy_pass",
        "return",
        "root",
        "\"=/x\"",
        "\"~^/v\"",
        "\"~*x\"",
        "^~/p",
        "__default__",
        "/p",
    ];

    [Fact]
    public void No_configuration_throws() =>
        Prop.ForAll(Node(4).ToArbitrary(), text => Reads("{ server: {}, " + text.TrimStart('{'))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_configuration_with_its_sections_in_place_throws()
    {
        Gen<string> configs =
            from host in Scalar
            from port in Scalar
            from rules in Map("path", "host", "port", "ssl").ListOf()
            from redirects in Map("/old", "/new", "\"/{x}\"").ListOf()
            from folder in Scalar
            from ssl in Map("enabled", "cert_file", "key_file")
            from logging in Map("level", "log_file", "structured_logs", "use_rotation")
            from locations in Map("\"=/x\"", "\"~^/v\"", "/p", "__default__")
                .Select(m => m.Replace(": ", ": { proxy_pass: ", StringComparison.Ordinal).Replace(",", " },", StringComparison.Ordinal))
            select $"version: 2\nserver:\n  host: {host}\n  port: {port}\n  backlog: 5\n  reverse_proxy: [{string.Join(", ", rules)}]\n"
                + $"  redirect_instructions: [{string.Join(", ", redirects)}]\n"
                + $"http: {{ static_dir: {folder}, templates_dir: ./t }}\nssl: {ssl}\nlogging: {logging}\n"
                + $"extensions: [{{ type: routing, config: {{ regex_locations: {locations} }} }}]\n";
        Prop.ForAll(configs.ToArbitrary(), Reads).QuickCheckThrowOnFailure();
    }

    private static Gen<string> Map(params string[] keys) =>
        from values in Scalar.ListOf(keys.Length)
        select "{ " + string.Concat(keys.Zip(values).Select(p => $"{p.First}: {p.Second}, ")) + "}";

    private static Gen<string> Node(int depth) =>
        depth == 0
            ? Scalar
            : Gen.OneOf(
                Scalar,
                Node(depth - 1).ListOf().Select(items => "[" + string.Join(", ", items.Take(3)) + "]"),
                from keys in Gen.Elements(Keys).ListOf()
                from value in Node(depth - 1)
                select "{ " + string.Concat(keys.Distinct().Take(4).Select(k => $"{k}: {value}, ")) + "}"
            );

    // Read, and rendered for every target; or an error with a place.
    private static bool Reads(string text)
    {
        Compilation compilation = CompiledText.Of(text, name: "/spec/config.yaml");
        if (compilation.Spec is null)
        {
            return compilation.Diagnostics.Any(d => d.Severity == Severity.Error && d.Span.IsSome);
        }

        return TargetCatalogue.All.All(t =>
            compilation.Render(t, Compiler.Rendering.Layout.Complete) is { } result
            && (result.Files.Count > 0 || result.Diagnostics.Any(d => d.Severity == Severity.Error))
        );
    }
}
