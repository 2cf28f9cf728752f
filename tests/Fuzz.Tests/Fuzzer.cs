using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Confgen.Fuzz.Tests;

/// <summary>
/// Tries a property on changed inputs of a corpus. An input that makes the property say something new joins the corpus of the run.
/// CONFGEN_FUZZ says how many inputs are tried for each property, CONFGEN_FUZZ_SEED from which seed they are made. What fails belongs into
/// the corpus, where it is tried first.
/// </summary>
internal static class Fuzzer
{
    private const int Usual = 5000;

    // No reading of so few bytes takes so long, even on a busy machine.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <summary>Tries a property.</summary>
    /// <param name="name">The corpus' folder.</param>
    /// <param name="property">Says in a few words what became of an input, and throws where that is wrong.</param>
    /// <param name="dictionary">Pieces that are put into inputs.</param>
    /// <param name="cost">How many usual inputs one of these costs.</param>
    public static void Try(string name, Func<byte[], string> property, IReadOnlyList<string>? dictionary = null, int cost = 1)
    {
        int seed = Number("CONFGEN_FUZZ_SEED", 1);
        int count = Number("CONFGEN_FUZZ", Usual) / cost;
        var mutator = new Mutator(seed, [.. (dictionary ?? []).Select(Encoding.Latin1.GetBytes)]);
        List<byte[]> corpus =
        [
            .. Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", name))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        Assert.NotEmpty(corpus);
        var said = new HashSet<string>();
        foreach (byte[] known in corpus.ToArray())
        {
            said.Add(Run(property, known, $"of the corpus {name}"));
        }

        for (int i = 0; i < count; i++)
        {
            byte[] input = mutator.Next(corpus);
            if (input.Length < 1 << 16 && said.Add(Run(property, input, $"{i} of seed {seed}")))
            {
                corpus.Add(input);
            }
        }
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private static string Run(Func<byte[], string> property, byte[] input, string which)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        string said;
        try
        {
            said = property(input);
        }
        catch (Exception e)
        {
            byte[] smallest = Shrink(property, input, e.GetType());
            throw new InvalidOperationException(
                $"input {which}, {input.Length} bytes: {e.Message}\nsmallest: \"{Show(smallest)}\"\n"
                    + $"as base64: {Convert.ToBase64String(smallest)}",
                e
            );
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(watch.Elapsed < _longest, $"input {which} took {watch.Elapsed}: base64 {Convert.ToBase64String(input)}");
        Assert.True(
            taken < 64 << 20,
            $"input {which}, {input.Length} bytes, took {taken} bytes of memory: base64 {Convert.ToBase64String(input)}"
        );
        return said;
    }

    // Takes pieces away as long as it fails in the same way.
    private static byte[] Shrink(Func<byte[], string> property, byte[] input, Type failure)
    {
        for (int size = Math.Max(1, input.Length / 2); size >= 1; size /= 2)
        {
            for (int at = 0; at + size <= input.Length; )
            {
                byte[] smaller = [.. input[..at], .. input[(at + size)..]];
                if (Fails(property, smaller, failure))
                {
                    input = smaller;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    private static bool Fails(Func<byte[], string> property, byte[] input, Type failure)
    {
        try
        {
            property(input);
            return false;
        }
        catch (Exception e)
        {
            return e.GetType() == failure;
        }
    }

    private static string Show(byte[] bytes) =>
        string.Concat(
            bytes.Take(600).Select(b => b is >= 32 and < 127 and not (byte)'\\' and not (byte)'"' ? ((char)b).ToString() : $"\\x{b:x2}")
        );
}
