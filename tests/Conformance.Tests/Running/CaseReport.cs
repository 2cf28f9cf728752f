using System.Text;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Tells what is wrong with a case, so that nothing else is needed to understand it.</summary>
internal static class CaseReport
{
    public static string Of(string name, IReadOnlyList<CaseOutcome> outcomes)
    {
        var text = new StringBuilder();
        foreach (CaseOutcome outcome in outcomes.Where(o => o.Failures.Count > 0))
        {
            foreach (string failure in outcome.Failures)
            {
                text.Append($"  {outcome.Program}: {failure}");
            }

            text.Append($"  {outcome.Program} was given\n{Indent(outcome.Config)}");
            text.Append($"  and said\n{Indent(Tail(outcome.Log))}");
        }

        CaseOutcome[] played = [.. outcomes.Where(o => o.Seen.Count > 0)];
        foreach (CaseOutcome other in played.Skip(1))
        {
            foreach (
                (SeenStep first, SeenStep second) in played[0].Seen.Zip(other.Seen).Where(pair => !pair.First.Failed && !pair.Second.Failed)
            )
            {
                foreach (string difference in first.Against(second))
                {
                    text.Append($"  {played[0].Program} and {other.Program} differ: {first.Title}\n      {difference}\n");
                }
            }
        }

        return text.Length == 0 ? "" : $"{name}\n{text}";
    }

    private static string Tail(string log) => string.Join('\n', log.Split('\n').TakeLast(25));

    private static string Indent(string text) => string.Concat(text.Split('\n').Select(l => $"      {l}\n"));
}
