namespace Confgen.Compiler.Rendering;

/// <summary>A fault of a template, with the file's name in the message.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Makes the exception.</summary>
    public TemplateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
