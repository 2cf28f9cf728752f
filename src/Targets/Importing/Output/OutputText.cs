namespace Confgen.Targets.Importing.Output;

/// <summary>A single value.</summary>
/// <param name="text">The text.</param>
/// <param name="isWord">Whether it is a word, a number or a boolean of the language, which stands without quotes.</param>
internal sealed class OutputText(string text, bool isWord = false) : OutputNode
{
    /// <summary>Stands in a text for the dollar of a variable of the environment, as <c>${NAME:-default}</c>, which stays one.</summary>
    public const char VariableSign = '\uE000';

    private string _text = text;

    /// <summary>The one that it was copied from, whose text is its own; else null.</summary>
    public OutputText? Original { get; init; }

    public string Text
    {
        get => Original?.Text ?? _text;
        set => _text = value;
    }

    public bool IsWord => isWord;

    /// <inheritdoc/>
    public override string Canonical => isWord ? Text : '"' + Text + '"';
}
