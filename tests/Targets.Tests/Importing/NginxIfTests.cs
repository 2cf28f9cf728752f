using Confgen.Compiler;
using Confgen.Model.Rules;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Of several <c>if</c> in a location the spec takes the one that nginx takes, whichever of them hold.</summary>
public sealed class NginxIfTests
{
    private const int Count = 3;

    private static readonly string[] _kinds = ["return", "pass", "break"];

    public static TheoryData<string, string, string> Kinds =>
        [.. from a in _kinds from b in _kinds from c in _kinds select new TheoryDataRow<string, string, string>(a, b, c)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_branch_is_taken(string a, string b, string c)
    {
        string[] kinds = [a, b, c];
        for (int negated = 0; negated < 1 << Count; negated++)
        {
            string[] ifs =
            [
                .. kinds.Select((kind, i) => $"if ($http_x_{i} {(Has(negated, i) ? "!=" : "=")} \"1\") {{ {Directives(kind, i)} }}"),
            ];
            ImportResult result = NginxTexts.Import(
                $"http {{ server {{ listen 8080; location / {{ {string.Join(' ', ifs)} proxy_pass http://127.0.0.1:9; }} }} }}"
            );
            Compilation compiled = CompiledText.Of(result.Spec!);
            Assert.True(compiled.Spec is not null, result.Spec);
            var evaluator = new Evaluator(compiled.Spec);
            for (int sent = 0; sent < 1 << Count; sent++)
            {
                Evaluation got = evaluator.Evaluate(
                    new EvaluatedRequest(
                        "GET",
                        false,
                        8080,
                        "a.test",
                        "/",
                        [.. Enumerable.Range(0, Count).Where(i => Has(sent, i)).Select(i => KeyValuePair.Create($"X-{i}", "1"))],
                        EvaluatedRequest.PublicPeer
                    )
                );
                string taken = got.Upstream is { } upstream ? $":{upstream.Servers[0].Address.Port}" : $"{got.Status}";
                Assert.True(Expected(kinds, sent ^ negated) == taken, $"{sent}: {taken}\n{result.Spec}");
            }
        }
    }

    private static bool Has(int set, int i) => (set >> i & 1) == 1;

    private static string Directives(string kind, int i) =>
        kind switch
        {
            "return" => $"return 40{i + 1};",
            "pass" => $"proxy_pass http://127.0.0.1:{i + 1};",
            _ => $"proxy_pass http://127.0.0.1:{i + 1}; break;",
        };

    // What nginx does with the conditions that hold, in turn.
    private static string Expected(string[] kinds, int holds)
    {
        string taken = ":9";
        for (int i = 0; i < kinds.Length; i++)
        {
            if (!Has(holds, i))
            {
                continue;
            }

            if (kinds[i] == "return")
            {
                return $"40{i + 1}";
            }

            taken = $":{i + 1}";
            if (kinds[i] == "break")
            {
                break;
            }
        }

        return taken;
    }
}
