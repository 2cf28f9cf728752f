using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Masking;

/// <summary>
/// Hides what a spec keeps secret wherever something is shown: in diagnostics, in their excerpts, in differences, in what explain and tests
/// say. A value of the environment is shown as the reference that stands in the spec.
/// </summary>
public sealed class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Shown = "********";

    private readonly Lazy<FragmentMask> _messages;
    private readonly Lazy<FragmentMask> _outputs;

    /// <summary>Makes a mask.</summary>
    /// <param name="secrets">Secrets, wherever they come from.</param>
    /// <param name="variables">The variables of the environment that the spec uses, with their values.</param>
    /// <param name="sources">The spec as it is written.</param>
    internal SecretMask(IEnumerable<string> secrets, IReadOnlyDictionary<string, string> variables, IEnumerable<SourceText> sources)
    {
        (string, string)[] literal = [.. secrets.Where(s => !IsPlaceholder(s)).Select(s => (WithoutScheme(s), Shown))];
        (string, string)[] secret =
        [
            .. variables
                .Where(v => Secrets.IsSecretName(v.Key.Replace('_', '-')) || Secrets.HasToken(v.Value))
                .Select(v => (v.Value, Shown)),
        ];
        _outputs = new Lazy<FragmentMask>(() => new FragmentMask([.. secret, .. literal]));
        _messages = new Lazy<FragmentMask>(() =>
        {
            // What stands in the spec as it is written is no secret of a variable.
            var all = new FragmentMask(variables.Select(v => (v.Value, $"${{{v.Key}}}")));
            foreach (SourceText source in variables.Count == 0 ? [] : sources)
            {
                all.Allow(source.Text);
            }

            return all;
        });
    }

    /// <summary>A mask that knows no value, and hides by form alone.</summary>
    public static SecretMask ByForm { get; } = new([], new Dictionary<string, string>(StringComparer.Ordinal), []);

    /// <summary>A text that speaks of the spec, as a diagnostic's message.</summary>
    public string Message(string text) => Output(_messages.Value.Apply(text));

    /// <summary>A text that is made of the spec, as a rendered file: ordinary values of the environment stay.</summary>
    public string Output(string text) => Secrets.Hide(_outputs.Value.Apply(text));

    /// <summary>Whether a rendered file holds a secret, so that its owner alone may read it.</summary>
    public bool Finds(string text) => _outputs.Value.Finds(text) || Secrets.HasHash(text);

    /// <summary>The diagnostic as it may be shown.</summary>
    public Diagnostic Apply(Diagnostic diagnostic)
    {
        string message = Message(diagnostic.Message);
        string? hint = diagnostic.Hint is { } text ? Message(text) : null;
        bool isSame = ReferenceEquals(message, diagnostic.Message) && ReferenceEquals(hint, diagnostic.Hint);
        ValueList<RelatedSpan> related =
            diagnostic.Related.Count == 0
                ? diagnostic.Related
                : diagnostic.Related.Select(r => r with { Message = Message(r.Message) }).ToValueList();
        return isSame && diagnostic.Related.Count == 0 ? diagnostic : diagnostic with { Message = message, Hint = hint, Related = related };
    }

    // "Bearer" is no secret, and what follows it is.
    private static string WithoutScheme(string value) =>
        value.IndexOf(' ', StringComparison.Ordinal) is > 0 and < 10 and var space ? value[(space + 1)..].Trim() : value;

    private static bool IsPlaceholder(string value) =>
        value.StartsWith('{') && value.EndsWith('}') && !value.StartsWith("{SHA}", StringComparison.Ordinal);
}
