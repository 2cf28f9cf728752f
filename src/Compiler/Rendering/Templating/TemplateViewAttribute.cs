namespace Confgen.Compiler.Rendering.Templating;

/// <summary>
/// Marks a partial class or record that templates see: its public properties become members in snake_case, without reflection.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TemplateViewAttribute : Attribute;
