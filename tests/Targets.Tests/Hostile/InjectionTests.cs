using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Apache;
using Confgen.Targets.Tests.Caddy;
using Confgen.Targets.Tests.HAProxy;
using Confgen.Targets.Tests.Nginx;
using Confgen.Targets.Tests.V2Ray;
using Confgen.Tests.Slots;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// A hostile value in each field of the language, for each target: it is refused, or the program reads a configuration that differs from
/// the one with a harmless value in that value alone. CONFGEN_HOSTILE says how many times the usual number of values are tried,
/// CONFGEN_HOSTILE_SEED which.
/// </summary>
public sealed partial class InjectionTests(ITestOutputHelper output)
{
    private const int UsualSeed = 20261;
    private const int PayloadsOfSlot = 8;
    private const int RealChecks = 120;
    private const int Adaptations = 400;
    private const int Outputs = 300;

    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_HOSTILE"), out int times) ? times : 1;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_HOSTILE_SEED"), out int seed) ? seed : UsualSeed;

    [Fact]
    public void Nginx_reads_the_value_and_nothing_else() => Try("nginx", ReadNginx, RealNginx.IsHere(output) ? Refusal : null);

    [Fact]
    public void Caddy_reads_the_value_and_nothing_else()
    {
        if (!RealCaddy.IsMissing(output))
        {
            Try("caddy", ReadCaddy, null, Adaptations * Times);
        }
    }

    [Fact]
    public void HAProxy_reads_the_value_and_nothing_else() =>
        Try("haproxy", HAProxyTree.Read, RealHAProxy.IsHere(output) ? RefusalOfHAProxy : null);

    [Fact]
    public void Traefik_reads_the_value_and_nothing_else() => Try("traefik", TraefikTree.Read, null, Outputs * Times);

    [Fact]
    public void Apache_reads_the_value_and_nothing_else() =>
        Try("apache", ApacheTree.Read, RealApache.IsHere(output) ? RefusalOfApache : null);

    [Fact]
    public void PyServe_reads_the_value_and_nothing_else() => Try("pyserve", file => DataTree.OfYaml(file.Text), null, each: true);

    [Fact]
    public void V2Ray_reads_the_value_and_nothing_else() =>
        Try("v2ray", file => DataTree.OfJson(file.Text), RealV2Ray.IsHere(output) ? RefusalOfV2Ray : null);

    // Rendered outputs are read by the reader, and some by the program itself.
    private void Try(
        string target,
        Func<RenderedFile, Tree> read,
        Func<IReadOnlyList<RenderedFile>, string>? refusal,
        int most = int.MaxValue,
        bool each = false
    )
    {
        var random = new Random(Seed);
        int tried = 0;
        int real = 0;
        int named = 0;
        var found = new List<string>();
        foreach (Place place in Places(target, random, read))
        {
            foreach (string payload in Payloads(random, each).Distinct().Where(p => place.Slot.IsText(p)))
            {
                if (tried >= most)
                {
                    continue;
                }

                IReadOnlyList<RenderedFile> files = HostileSpecs.Render(place.Slot, place.With(payload), target, out string? difference);
                if (files.Count == 0 && difference is null)
                {
                    continue;
                }

                tried++;
                difference ??= place.Difference(payload, read, files);

                // That a variable has no such name is said by the program alone.
                bool names = payload.Contains(HostileValues.NoName, StringComparison.Ordinal);
                if (difference is null && refusal is not null && (names || real < RealChecks * Times))
                {
                    real += names ? 0 : 1;
                    named += names ? 1 : 0;
                    difference = refusal(files) is { Length: > 0 } said && place.IsTaken(refusal) ? said : null;
                }

                if (difference is not null)
                {
                    found.Add(
                        $"{place.Slot.Field} = {place.Value(payload).ReplaceLineEndings("\\n")} "
                            + $"({Path.GetRelativePath(Snapshots.Repository.Root, place.Slot.File)}): {difference.Trim()}"
                    );
                }
            }
        }

        output.WriteLine($"{target}: {tried} outputs read, {real + named} by the program");
        Assert.True(tried > 0);
        Assert.True(found.Count == 0, $"{found.Count} of {tried}:\n{string.Join('\n', found.Take(60))}");
    }

    // Targets with few fields are tried with each value.
    private static IEnumerable<string> Payloads(Random random, bool each) =>
        each
            ? HostileValues.Payloads.Concat(HostileValues.References)
            : random.GetItems(HostileValues.Payloads, PayloadsOfSlot).Append(random.GetItems(HostileValues.References, 1)[0]);

    // For each field some of its slots whose specs can be rendered, each with some of the forms.
    private static IEnumerable<Place> Places(string target, Random random, Func<RenderedFile, Tree> read)
    {
        Slot[][] fields = [.. HostileSpecs.Slots.GroupBy(s => s.Field, StringComparer.Ordinal).Select(g => g.ToArray())];
        random.Shuffle(fields);
        var renders = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (Slot[] field in fields)
        {
            random.Shuffle(field);
            foreach (Slot slot in field.Where(IsRendered).Take(Times))
            {
                foreach (Func<string, string, string> form in random.GetItems(HostileValues.Forms, 2).Distinct())
                {
                    yield return new Place(slot, target, form);
                }
            }
        }

        bool IsRendered(Slot slot)
        {
            if (!renders.TryGetValue(slot.File, out bool is_rendered))
            {
                renders[slot.File] = is_rendered = HostileSpecs.Render(slot, slot.Text, target) is { Count: > 0 } files && IsRead(files);
            }

            return is_rendered;
        }

        // A spec may be for another version than the one that is here.
        bool IsRead(IReadOnlyList<RenderedFile> files)
        {
            try
            {
                return files.Select(read).ToList().Count > 0;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }

    private static Tree ReadCaddy(RenderedFile file)
    {
        (int code, string json, string error) = RealCaddy.Adapt(file.Text);
        return code != 0 ? throw new InvalidDataException(error)
            : CaddyReferences.Expanded(json, HostileValues.NoName) is { } place
                ? throw new InvalidDataException("Caddy would expand a placeholder: " + place)
            : DataTree.OfJson(RegexMark().Replace(json, "${name}"));
    }

    // The name of what a group matched ends with a mark of the regex's text.
    [GeneratedRegex(@"(?<name>\{path_[a-z0-9_.]+_)[0-9a-f]{6}(?=\})", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RegexMark();

    // Beside configurations there are files of passwords, with a line for each user.
    private static Tree ReadNginx(RenderedFile file) =>
        file.Path.EndsWith(".conf", StringComparison.Ordinal)
            ? NginxTree.Read(file.Text)
            : new Tree("", [.. file.Text.Split('\n').Select(line => new Tree("", [.. line.Split(':').Select(word => new Tree(word))]))]);

    private static string Refusal(IReadOnlyList<RenderedFile> files)
    {
        using TemporaryFolder folder = Written(files);
        string said = RealNginx.Test(folder.Path, Path.Combine(folder.Path, "nginx.conf"));
        return IsMissingFile(said) ? "" : said;
    }

    // A folder that isn't there, in the name of a log's file that nginx has read as it was written.
    private static bool IsMissingFile(string said) =>
        said.Contains("open() \"/", StringComparison.Ordinal)
        && said.Contains(HostileValues.NoName, StringComparison.Ordinal)
        && said.Contains("(2: No such file or directory)", StringComparison.Ordinal);

    private static string RefusalOfV2Ray(IReadOnlyList<RenderedFile> files)
    {
        using TemporaryFolder folder = Written(files);
        return string.Concat(files.Select(f => RealV2Ray.Test(Path.Combine(folder.Path, f.Path))));
    }

    private static string RefusalOfHAProxy(IReadOnlyList<RenderedFile> files)
    {
        using TemporaryFolder folder = Written(files);
        return RealHAProxy.Test(Path.Combine(folder.Path, "haproxy.cfg"));
    }

    // Files of certificates aren't there.
    private static string RefusalOfApache(IReadOnlyList<RenderedFile> files)
    {
        using TemporaryFolder folder = Written(files);
        string said = RealApache.Test(folder.Path);
        return MissingFile().IsMatch(said) ? "" : said;
    }

    [GeneratedRegex("file '[^\n]*' does not exist or is empty|does not exist", RegexOptions.None, 10_000)]
    private static partial Regex MissingFile();

    private static TemporaryFolder Written(IReadOnlyList<RenderedFile> files)
    {
        var folder = new TemporaryFolder();
        foreach (RenderedFile file in files)
        {
            folder.Write(file.Path, file.Text);
        }

        return folder;
    }
}
