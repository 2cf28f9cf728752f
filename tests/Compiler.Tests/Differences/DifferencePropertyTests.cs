using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Differences;
using Confgen.Model.Rules;

namespace Confgen.Compiler.Tests.Differences;

/// <summary>What the comparison of two specs promises, on generated pairs: it misses no request, and what it shows is so.</summary>
public sealed class DifferencePropertyTests
{
    private const int Pairs = 40;
    private const int Requests = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_gets_something_else_lies_in_a_reported_class(int seed)
    {
        var pairs = new SpecPairs(seed);
        (int compared, int differing) = (0, 0);
        for (int i = 0; i < Pairs; i++)
        {
            (string oldText, string newText) = pairs.Pair();
            if (Compile.Text(oldText).Spec is not { } old || Compile.Text(newText).Spec is not { } @new)
            {
                continue;
            }

            compared++;
            Comparison comparison = SpecComparer.Compare(old, @new);
            string pair = $"--- old\n{oldText}--- new\n{newText}";
            Assert.True(comparison.Limits.Count == 0, pair + string.Join('\n', comparison.Limits));
            (Evaluator before, Evaluator after) = (new(old), new(@new));
            for (int j = 0; j < Requests; j++)
            {
                EvaluatedRequest request = pairs.Request();
                var was = Outcome.Of(before.Evaluate(request));
                var now = Outcome.Of(after.Evaluate(request));
                bool differs = Outcome.Differ(was, now);
                differing += differs ? 1 : 0;
                Assert.True(
                    !differs || comparison.Differences.Any(d => d.Concerns(request)),
                    $"{pair}{request}: {string.Join(", ", was.Keys.Union(now.Keys).Where(k => Outcome.DiffersIn(k, was, now)))} is "
                        + $"reported nowhere"
                );
            }
        }

        // A property of nothing would always hold.
        Assert.True(compared > Pairs / 4 && differing > Requests, $"{compared} pairs are valid, {differing} requests differ");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_witness_is_in_its_class_and_gets_something_else(int seed)
    {
        var pairs = new SpecPairs(seed + 1000);
        (int differences, int shown) = (0, 0);
        for (int i = 0; i < Pairs; i++)
        {
            (string oldText, string newText) = pairs.Pair();
            if (Compile.Text(oldText).Spec is not { } old || Compile.Text(newText).Spec is not { } @new)
            {
                continue;
            }

            string pair = $"--- old\n{oldText}--- new\n{newText}";
            foreach (Difference difference in SpecComparer.Compare(old, @new).Differences)
            {
                differences++;
                if (difference.Witness is not { } witness)
                {
                    continue;
                }

                shown++;
                Assert.True(difference.Concerns(witness.Request), $"{pair}{difference}");
                var was = Outcome.Of(new Evaluator(old).Evaluate(witness.Request, Listener(old, witness)));
                var now = Outcome.Of(new Evaluator(@new).Evaluate(witness.Request, Listener(@new, witness)));
                Assert.True(Outcome.DiffersIn(difference.Aspect, was, now), $"{pair}{difference}");
            }
        }

        // One without a witness is a change that the text makes and no request shows, as an order of equal routes.
        Assert.True(shown * 100 >= differences * 95, $"{shown} of {differences} differences have a witness");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_spec_does_not_differ_from_itself(int seed)
    {
        var pairs = new SpecPairs(seed + 2000);
        for (int i = 0; i < Pairs; i++)
        {
            (string text, _) = pairs.Pair();
            if (Compile.Text(text).Spec is { } spec && Compile.Text(text).Spec is { } same)
            {
                Assert.Empty(SpecComparer.Compare(spec, same).Differences);
            }
        }
    }

    private static ListenerModel? Listener(Spec spec, Witness witness) =>
        Listeners.Of(spec).FirstOrDefault(l => l.Address.ToString() == witness.Connection.Listen.ToString());
}
