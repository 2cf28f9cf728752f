using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Compiler.Rendering;

/// <summary>What a target writes the same for every spec of a version of its program.</summary>
/// <param name="Language">What its language is called at a block of code in Markdown.</param>
/// <param name="Introduction">What it is and how the rest of the output uses it, in Markdown.</param>
/// <param name="Parts">The parts, in their order, by the templates in force and the version.</param>
public sealed record ConstantOutput(
    string Language,
    string Introduction,
    Func<ITemplates, TargetVersion, IReadOnlyList<ConstantPart>> Parts
);
