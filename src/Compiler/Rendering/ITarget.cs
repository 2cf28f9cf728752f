using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Rendering;

/// <summary>A program that takes specs: one that they are rendered for (<see cref="IRenderingTarget"/>), or confgen's own proxy.</summary>
public interface ITarget
{
    /// <summary>Its name on the command line and under <c>targets:</c>, as <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>What it is, in one line.</summary>
    string Title { get; }

    /// <summary>
    /// The fields that the spec may have under <c>targets.NAME</c>; every one is a text or a list of texts, checked by <see cref="Check"/>.
    /// </summary>
    ObjectSchema Settings { get; }

    /// <summary>How far the program honours each field of the language, and which of its versions do.</summary>
    CapabilityTable Capabilities { get; }

    /// <summary>The versions rendered for, oldest first, as <c>1.18</c>; empty where the program has none to choose from.</summary>
    IReadOnlyList<TargetVersion> Versions { get; }

    /// <summary>The version rendered for unless <c>targets.NAME.version</c> says another.</summary>
    TargetVersion DefaultVersion { get; }

    /// <summary>
    /// Checks the settings, and reports what the capabilities can't say by themselves because it depends on several fields.
    /// </summary>
    void Check(RenderContext context);
}
