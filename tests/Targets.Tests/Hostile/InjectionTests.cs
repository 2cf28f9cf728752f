using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Caddy;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// A hostile value in each field, for each target: it is refused, or the real program reads a configuration that differs from the one with a
/// harmless value in that value alone. CONFGEN_HOSTILE_CELLS says how many cells are tried on the real programs (<c>all</c> for every one),
/// CONFGEN_HOSTILE_SEED which.
/// </summary>
public sealed class InjectionTests(ITestOutputHelper output)
{
    private const int UsualCells = 60;
    private const int UsualSeed = 20261;

    [Fact]
    public void Nginx_reads_the_value_and_nothing_else()
    {
        bool isHere = RealNginx.IsHere(output);
        var twins = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<(string, string)> real = Chosen();
        var found = new List<string>();
        foreach ((string field, string payload, string text) in Cells("nginx"))
        {
            if (!twins.TryGetValue(field, out HashSet<string>? shapes))
            {
                twins[field] = shapes = [.. HostileValues.Twins.Select(t => Rendered(field, t, "nginx")).OfType<string>().Select(Shape.OfNginx)];
            }

            if (!shapes.Contains(Shape.OfNginx(text)))
            {
                found.Add(Story(field, payload, text));
            }
            else if (isHere && real.Contains((field, payload)) && !field.StartsWith("basic_auth", StringComparison.Ordinal) && RealNginx.Test(text) is { Length: > 0 } refusal)
            {
                found.Add(refusal + Story(field, payload, text));
            }
        }

        Tell(found);
    }

    [Fact]
    public void Caddy_reads_the_value_and_nothing_else()
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        var twins = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<(string, string)> real = Chosen();
        var found = new List<string>();
        foreach ((string field, string payload, string text) in Cells("caddy").Where(c => real.Contains((c.Field, c.Payload))))
        {
            if (!twins.TryGetValue(field, out HashSet<string>? shapes))
            {
                twins[field] = shapes = [.. HostileValues.Twins.Select(t => Rendered(field, t, "caddy")).OfType<string>().Select(t => Adapted(t).Shape)];
            }

            (string shape, string error) = Adapted(text);
            if (error.Length > 0 || !shapes.Contains(shape))
            {
                found.Add(error + Story(field, payload, text));
            }
        }

        Tell(found);
    }

    [Fact]
    public void V2Ray_reads_the_value_and_nothing_else()
    {
        string twin = Shape.OfJson(Rendered("tunnel.secret", HostileValues.Benign, "v2ray")!);
        foreach ((string field, string payload, string text) in Cells("v2ray").Where(c => c.Field == "tunnel.secret"))
        {
            Assert.True(twin == Shape.OfJson(text), Story(field, payload, text));
        }
    }

    [Fact]
    public void An_injected_directive_has_another_shape()
    {
        Assert.NotEqual(Shape.OfNginx("server { add_header X \"a\"; }"), Shape.OfNginx("server { add_header X a; return 200 b; }"));
        Assert.NotEqual(Shape.OfNginx("server { return 200 \"a\"; }"), Shape.OfNginx("server { return 200 \"a\" b; }"));
        Assert.Equal(Shape.OfNginx("server { add_header X \"a; }\"; }"), Shape.OfNginx("server { add_header X \"b\"; }"));
        Assert.NotEqual(Shape.OfJson("""{"handle":[{"handler":"static_response","body":"x"}]}"""), Shape.OfJson("""{"match":[{"path":["/x"]}],"handle":[{"handler":"static_response"}]}"""));
        Assert.Equal(Shape.OfJson("""{"handler":"a","body":"x"}"""), Shape.OfJson("""{"body":"y","handler":"a"}"""));
    }

    private static IEnumerable<(string Field, string Payload, string Text)> Cells(string target)
    {
        foreach (string field in HostileValues.Fields.Keys)
        {
            foreach (string payload in HostileValues.Payloads)
            {
                if (Rendered(field, payload, target) is { } text)
                {
                    yield return (field, payload, text);
                }
            }
        }
    }

    private static HashSet<(string, string)> Chosen()
    {
        (string, string)[] all = [.. HostileValues.Fields.Keys.SelectMany(f => HostileValues.Payloads.Select(p => (f, p)))];
        string? wanted = Environment.GetEnvironmentVariable("CONFGEN_HOSTILE_CELLS");
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_HOSTILE_SEED"), out int given) ? given : UsualSeed;
        new Random(seed).Shuffle(all);
        return [.. wanted == "all" ? all : all.Take(int.TryParse(wanted, out int count) ? count : UsualCells)];
    }

    // Null where the value is refused.
    private static string? Rendered(string field, string value, string target)
    {
        RenderResult result = CompiledText.Render(HostileValues.Spec(field, value), target);
        return result.Files.Count == 0 ? null : result.Files[0].Text;
    }

    private static (string Shape, string Error) Adapted(string text)
    {
        (int code, string adapted, string error) = RealCaddy.Adapt(text);
        return code == 0 ? (Shape.OfJson(adapted), "") : ("", error);
    }

    private static void Tell(List<string> found) =>
        Assert.True(found.Count == 0, $"{found.Count} cells:\n{string.Join('\n', found.Select(f => f.TrimStart().Split('\n')[0]))}\n{found.FirstOrDefault()}");

    private static string Story(string field, string payload, string text) => $"\n{field}: {payload}\n{text}";
}
