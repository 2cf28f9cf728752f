using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Cli.Tests.Writing;

/// <summary>Differences in the form of <c>diff -u</c>.</summary>
public sealed class UnifiedDiffTests
{
    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own() =>
        Assert.Equal(
            """
            --- f
            +++ f
            @@ -1,4 +1,4 @@
            -1
            +one
             2
             3
             4
            @@ -9,4 +9,5 @@
             9
             10
             11
            -12
            +twelve
            +13

            """,
            Diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ntwelve\n13\n")
        );

    [Fact]
    public void A_new_file_comes_from_nothing() => Assert.Equal("--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n", Diff(null, "a\nb\n"));

    [Fact]
    public void Equal_texts_give_nothing() => Assert.Equal("", Diff("a\n", "a\n"));

    [Fact]
    public void The_lines_added_and_kept_are_the_new_text() =>
        Prop.ForAll(
                Texts,
                Texts,
                (before, after) =>
                {
                    // Of texts no longer than the context everything is shown, so the new text can be read off the difference.
                    string[] diff = Diff(before, after).Split('\n');
                    string read = string.Concat(diff.Skip(3).Where(l => l.Length > 0 && l[0] is ' ' or '+').Select(l => l[1..] + "\n"));
                    return before == after || read == after;
                }
            )
            .QuickCheckThrowOnFailure();

    private static Arbitrary<string> Texts =>
        Gen.Elements("a\n", "b\n", "c\n").NonEmptyListOf().Where(l => l.Count <= 3).Select(string.Concat).ToArbitrary();

    private static string Diff(string? before, string after)
    {
        using var writer = new StringWriter();
        UnifiedDiff.Write(writer, new Paint(false), "f", before, after);
        return writer.ToString();
    }
}
