using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>
/// Reads a value of Cache-Control; a duration alone, as nginx's <c>expires</c> has it, would be a directive that nothing knows.
/// </summary>
internal static class CacheControlReader
{
    public static string? Bind(BindingContext c, SyntaxNode node)
    {
        string? text = TemplateReader.HeaderText(c, node);
        if (text is null || ValueSuggestions.Duration(text) is not { } duration || !Durations.TryParse(duration, out TimeSpan age, out _))
        {
            return text;
        }

        string directive = string.Create(null, $"max-age={age.TotalSeconds:0}");
        ScalarReader.Refuse(c, ValueRules.BadValue, node.Span, $"'{text}' is a duration, not a directive", directive);
        return null;
    }
}
