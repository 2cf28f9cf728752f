using Confgen.Compiler;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program that can serve a spec.</summary>
internal interface IProxy
{
    /// <summary>Its name in cases, as <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>Why it can't be tried here, or null.</summary>
    string? Missing { get; }

    /// <summary>
    /// Whether it is the version that the differences and refusals of the cases are written for. On another one they hold as far as the
    /// compiler still declares them; what it doesn't is as the contract says.
    /// </summary>
    bool IsUsual => true;

    /// <summary>
    /// Whether the compiler may refuse a case's spec for it although the case doesn't say so: then nothing is tried on it.
    /// </summary>
    bool MayRefuse => false;

    /// <summary>The version that is here; null for one that has none.</summary>
    TargetVersion? Version => null;

    /// <summary>Turns the spec into what the program reads, with all that the compiler says about it.</summary>
    PreparedProxy Prepare(Compilation compiled);

    /// <summary>Starts it, and returns when it listens at all of the ports.</summary>
    /// <param name="prepared">What it reads.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="stop">The ceiling.</param>
    Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop);

    /// <summary>
    /// Puts another spec into force in a program that runs with an admin port; what says when it is in force is its behaviour.
    /// </summary>
    /// <param name="prepared">What it reads.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="process">The process' id.</param>
    /// <param name="stop">The ceiling.</param>
    Task ReloadAsync(PreparedProxy prepared, Place place, int process, CancellationToken stop) =>
        throw new NotSupportedException($"{Name} can't be reloaded here");
}
