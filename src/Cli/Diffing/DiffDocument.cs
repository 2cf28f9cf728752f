using Confgen.Model.Differences;

namespace Confgen.Cli.Diffing;

/// <summary>Everything that a comparison says, with secrets hidden; written as text, JSON or Markdown.</summary>
/// <param name="Old">The old side.</param>
/// <param name="New">The new side.</param>
/// <param name="Comparison">What differs on the model.</param>
/// <param name="Targets">What differs in what programs can do with it.</param>
internal sealed record DiffDocument(DiffSide Old, DiffSide New, Comparison Comparison, IReadOnlyList<TargetDifference> Targets)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Comparison.Differences.Count == 0 && Targets.Count == 0;

    /// <summary>A text with the secrets of both specs hidden.</summary>
    public string Shown(string text) => Output.Visible.Text(New.Compilation.Secrets.Output(Old.Compilation.Secrets.Output(text)));
}
