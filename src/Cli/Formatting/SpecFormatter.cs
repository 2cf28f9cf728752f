using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Confgen.Cli.Formatting;

/// <summary>
/// Formats a spec, and trusts no formatter, least of all itself: the result must (1) read as the same YAML, styles and anchors included,
/// with the same comments, (2) stay as it is when it is formatted again, and (3) compile to an equal model. Otherwise it is refused.
/// </summary>
internal static class SpecFormatter
{
    // Not text, not YAML, too deep, or YAML that no spec has.
    private static readonly string[] _unreadable = ["CFG0002", "CFG0003", "CFG0005", "CFG0006"];

    /// <summary>Whether a diagnostic says that a file can't be read, so that there is nothing to format.</summary>
    public static bool CannotFormat(Diagnostic diagnostic, string file) =>
        diagnostic.Severity == Severity.Error && diagnostic.Span.File == file && _unreadable.Contains(diagnostic.Rule.Code);

    /// <summary>Formats a text that the compiler was able to read.</summary>
    /// <param name="host">The compiler.</param>
    /// <param name="source">The text.</param>
    public static FormattedSpec Format(CompilerHost host, SourceText source)
    {
        string text = source.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
        try
        {
            string formatted = Print(text);
            string? difference =
                Difference(text, formatted)
                ?? (Print(formatted) == formatted ? null : "formatting it twice gives another text")
                ?? (
                    IsEqual(Compile(host, source.File, source.Text), Compile(host, source.File, formatted))
                        ? null
                        : "the formatted spec means something else"
                );
            if (difference is not null)
            {
                return new FormattedSpec(null, $"{difference}; the file is left as it is, please report it");
            }

            // A file keeps the line ends that it has.
            bool isWindows = source.Text.Contains("\r\n", StringComparison.Ordinal);
            return new FormattedSpec(isWindows ? formatted.Replace("\n", "\r\n", StringComparison.Ordinal) : formatted, null);
        }
        catch (NotFormattableException e)
        {
            return new FormattedSpec(null, $"{e.Message} can't be formatted");
        }
        catch (YamlException e)
        {
            return new FormattedSpec(null, $"the result can't be read: {e.Message}; the file is left as it is, please report it");
        }
    }

    private static string Print(string text)
    {
        (YamlPart? root, IReadOnlyList<(int Start, int End)> scalars, bool hasMarker) = YamlPartReader.Read(text);
        return new YamlPrinter(text, YamlComment.Find(text, scalars)).Print(root, hasMarker);
    }

    private static string? Difference(string before, string after) =>
        !Events(before).SequenceEqual(Events(after)) ? "the formatted text is not the same YAML"
        : !Comments(before).SequenceEqual(Comments(after)) ? "a comment would be lost"
        : null;

    // What a reader gets, without the places.
    private static IEnumerable<string> Events(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            yield return parser.Current switch
            {
                Scalar s => $"scalar {s.Style} {s.Anchor} {s.Tag} {s.Value}",
                AnchorAlias a => $"alias {a.Value}",
                MappingStart m => $"map {m.Style} {m.Anchor} {m.Tag}",
                SequenceStart l => $"list {l.Style} {l.Anchor} {l.Tag}",
                DocumentStart d => $"document {d.IsImplicit}",
                DocumentEnd => "end of document",
                var other => other?.GetType().Name ?? "",
            };
        }
    }

    private static IEnumerable<string> Comments(string text) =>
        YamlComment.Find(text, YamlPartReader.Read(text).Scalars).Select(c => c.Text);

    private static Compilation Compile(CompilerHost host, string file, string text) =>
        Compilation.FromText(host, new SourceText(file, text));

    // A spec that is wrong must be wrong in the same way.
    private static bool IsEqual(Compilation before, Compilation after) =>
        Equals(before.Spec, after.Spec) && Codes(before).SequenceEqual(Codes(after));

    private static IEnumerable<(string Code, string Message, Severity Severity)> Codes(Compilation compilation) =>
        compilation.Diagnostics.Select(d => (d.Rule.Code, WithoutPlaces(d), d.Severity)).Order();

    // Messages that name a line say another one when lines move; the codes and their number stay.
    private static string WithoutPlaces(Diagnostic diagnostic) => diagnostic.Message.Any(char.IsAsciiDigit) ? "" : diagnostic.Message;
}
