using System.Text.RegularExpressions;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>Lines that YAML reads as one text, because their keys lack the blank behind the colon or have an <c>=</c> instead.</summary>
internal static partial class LinesOfText
{
    /// <summary>The way out where each line starts with a key; null where one doesn't.</summary>
    public static Advice? AsMap(BindingContext c, SourceSpan span, ObjectSchema schema)
    {
        if (!c.Sources.TryGetValue(span.File, out SourceText? source))
        {
            return null;
        }

        var edits = new List<TextEdit>();
        bool hasKnown = false;
        for (int number = span.Line; number <= span.EndLine; number++)
        {
            int from = number == span.Line ? span.Column - 1 : 0;
            string line =
                number == span.EndLine
                    ? source.Line(number)[..Math.Min(span.EndColumn - 1, source.Line(number).Length)]
                    : source.Line(number);
            if (line[Math.Min(from, line.Length)..].Trim().Length == 0)
            {
                continue;
            }

            if (Key().Match(line, from) is not { Success: true } match)
            {
                return null;
            }

            Group sign = match.Groups["sign"];
            hasKnown |= schema.Find(match.Groups["key"].Value) is not null;
            edits.Add(new TextEdit(new SourceSpan(span.File, number, sign.Index + 1, number, sign.Index + sign.Length + 1), ": "));
        }

        return hasKnown ? new Advice("write 'key: value', with a blank behind the ':'") { Edits = edits.ToValueList() } : null;
    }

    [GeneratedRegex(
        "\\G *-?(?<key>[a-z_0-9]+)(?<sign> *= *|: *)(?=\\S)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Key();
}
