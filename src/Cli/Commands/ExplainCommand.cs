using System.CommandLine;
using System.Text.Json;
using Confgen.Cli.Compiling;
using Confgen.Cli.Explaining;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Model.Rules;
using Confgen.Model.Sources;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var url = new Argument<string>("URL") { Description = "The request's URL; its path and query are taken byte for byte." };
        Argument<string?> spec = Parameters.Spec();
        var method = new Option<string>("--request", "-X")
        {
            HelpName = "METHOD",
            Description = "The method.",
            DefaultValueFactory = _ => "GET",
        };
        var headers = new Option<string[]>("--header", "-H")
        {
            HelpName = "NAME: VALUE",
            Description = "A header; may be given several times.",
        };
        var from = new Option<string?>("--from") { HelpName = "ADDRESS", Description = "The client's address; a public one unless given." };
        Option<string[]> targets = Parameters.Targets(surroundings, "Also tell where these programs differ.");
        var format = new Option<string>("--format")
        {
            HelpName = "text|json",
            Description = "How it is written.",
            DefaultValueFactory = _ => "text",
        }.AcceptOnlyFromAmong("text", "json");
        var verb = new Verb("explain", "Tell what a request gets, and why: site, route, guards, and what the upstream sees.")
        {
            Examples =
            [
                new("confgen explain https://chat.example.com/api/users", "which site and route answer, and why"),
                new("confgen explain http://a.test/admin --from 10.0.0.7 -X POST", "as another client, with another method"),
                new("confgen explain http://a.test/x -H 'X-Version: 2' -t nginx,caddy", "with a header, and where the programs differ"),
            ],
        };
        verb.Add(url);
        verb.Add(spec);
        foreach (Option option in new Option[] { method, headers, from, targets, format })
        {
            verb.Add(option);
        }

        verb.SetAction(call =>
            Run(
                surroundings,
                ExplainedRequest.Of(
                    call.GetValue(url) ?? "",
                    call.GetValue(method) ?? "GET",
                    call.GetValue(headers) ?? [],
                    call.GetValue(from)
                ),
                call.GetValue(spec),
                call.GetValue(targets) ?? [],
                call.GetValue(format) == "json"
            )
        );
        return verb;
    }

    private static int Run(
        CliEnvironment surroundings,
        (EvaluatedRequest? Request, string? Problem) asked,
        string? spec,
        string[] targetNames,
        bool json
    )
    {
        if (asked.Request is not { } request)
        {
            return surroundings.Complain(asked.Problem ?? "", "as 'confgen explain https://chat.example.com/api'");
        }

        if (TargetChoice.ByName(surroundings, targetNames) is not { } targets || SpecInput.Find(surroundings, spec) is not { } input)
        {
            return ExitCode.BadCall;
        }

        Compilation compilation = input.Compile(Compilers.Create(surroundings), surroundings);
        if (compilation.Spec is not { } valid)
        {
            var report = new Report(input.Name, compilation.Diagnostics, compilation.Sources);
            ReportFormats.Find("text", surroundings.ErrorTerminal, surroundings).Write(surroundings.Error, [report]);
            return report.ExitCode(strict: false);
        }

        Evaluation got = new Evaluator(valid).Evaluate(request);
        Diagnostic[] differences =
        [
            .. targets.SelectMany(t => compilation.Render(t, Layout.Complete).Diagnostics).Where(d => Concerns(d.Span, got)),
        ];
        (string Name, string Text)[] lines =
        [
            .. Explanation.Of(request, got, differences).Select(l => (l.Name, compilation.Secrets.Output(l.Text))),
        ];
        if (json)
        {
            JsonText.Write(surroundings.Out, writer => WriteJson(writer, got, lines));
        }
        else
        {
            WriteText(surroundings, lines);
        }

        return ExitCode.Good;
    }

    // What is written in the lines of the route or of its upstream.
    private static bool Concerns(SourceSpan span, Evaluation got) =>
        new[] { got.Route?.At.Span, got.Upstream?.At.Span }.Any(s =>
            s is { } within && span.File == within.File && span.Line >= within.Line && span.Line <= within.EndLine
        );

    private static void WriteText(CliEnvironment surroundings, (string Name, string Text)[] lines)
    {
        var paint = new Paint(surroundings.OutTerminal.HasColours);
        int width = lines.Max(l => l.Name.Length);
        string? before = null;
        foreach ((string name, string text) in lines)
        {
            surroundings.Out.WriteLine($"{paint.Bold((name == before ? "" : name).PadRight(width))}  {Visible.Text(text)}");
            before = name;
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, Evaluation got, (string Name, string Text)[] lines)
    {
        writer.WriteStartObject();
        if (got.Status is { } status)
        {
            writer.WriteNumber("status", status);
        }

        foreach (IGrouping<string, (string Name, string Text)> group in lines.GroupBy(l => l.Name, StringComparer.Ordinal))
        {
            writer.WriteStartArray(group.Key.Replace(' ', '_'));
            foreach ((_, string text) in group)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
