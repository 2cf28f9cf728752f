using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>A single value.</summary>
public sealed class ScalarSyntax : SyntaxNode
{
    /// <summary>Makes a value.</summary>
    public ScalarSyntax(string value, bool isQuoted, SourceSpan span)
        : base(span)
    {
        Value = value;
        IsQuoted = isQuoted;
    }

    /// <summary>The text, with variables of the environment replaced.</summary>
    public string Value { get; }

    /// <summary>Whether it stood in quotes or in a block, so that it is a text whatever it looks like.</summary>
    public bool IsQuoted { get; }

    /// <summary>Whether it stands for nothing: empty, <c>~</c> or <c>null</c> without quotes.</summary>
    public bool IsNull => !IsQuoted && (Value is "" or "~" or "null" or "Null" or "NULL");

    /// <summary>
    /// Whether a variable of the environment in it is not set, which is reported: nothing more is to be said of the value.
    /// </summary>
    public bool IsUnresolved { get; init; }

    internal override long Size => 1;

    /// <inheritdoc/>
    public override string Kind =>
        IsNull ? "nothing"
        : IsQuoted ? "a text"
        : "'" + (Value.Length > 40 ? Value[..40] + "…" : Value) + "'";
}
