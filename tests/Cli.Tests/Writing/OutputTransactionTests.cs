using System.Text;
using Confgen.Cli.Tests.World;
using Confgen.Cli.Writing;

namespace Confgen.Cli.Tests.Writing;

/// <summary>All files or none, whatever the disk does; and never through a link.</summary>
public sealed class OutputTransactionTests
{
    [Fact]
    public void A_fault_in_the_middle_puts_back_what_was_replaced()
    {
        using var session = new Session().With("out/a", "old a").With("out/b", "old b");
        OutputFile[] files = [File(session, "a", "new a"), File(session, "new/folder/c", "new c"), File(session, "b", "new b")];
        int renames = 0;
        var transaction = new OutputTransaction(
            TimeProvider.System,
            (from, to) =>
            {
                if (++renames == 3)
                    throw new IOException("the disk is gone");
                System.IO.File.Move(from, to, overwrite: true);
            }
        );
        Assert.Throws<IOException>(() => transaction.Write(files));
        Assert.Equal("old a", session.Read("out/a"));
        Assert.Equal("old b", session.Read("out/b"));
        Assert.Equal(["a", "b"], Entries(session));
    }

    [Fact]
    public void A_fault_before_the_first_rename_leaves_everything_as_it_was()
    {
        using var session = new Session().With("out/a", "old a");
        // The second file's name is too long for any file system: staging it fails.
        IOException fault = Assert.ThrowsAny<IOException>(() =>
            new OutputTransaction(TimeProvider.System).Write([File(session, "a", "new a"), File(session, new string('x', 300), "new b")])
        );
        Assert.StartsWith("can't write '", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("confgen-new", fault.Message, StringComparison.Ordinal);
        Assert.Equal("old a", session.Read("out/a"));
        Assert.Equal(["a"], Entries(session));
    }

    [Fact]
    public void Stray_versions_of_a_killed_build_go_when_they_are_old()
    {
        using var session = new Session().With("out/.a.1.confgen-new", "stray").With("out/.b.2.confgen-new", "of a build that runs now");
        System.IO.File.SetLastWriteTimeUtc(session.PathOf("out/.a.1.confgen-new"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        new OutputTransaction(TimeProvider.System).Write([File(session, "a", "new")]);
        Assert.Equal([".b.2.confgen-new", "a"], Entries(session));
    }

    [Fact]
    public void An_old_files_mode_is_kept()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var session = new Session().With("out/a", "old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        System.IO.File.SetUnixFileMode(session.PathOf("out/a"), Mode);
        new OutputTransaction(TimeProvider.System).Write([File(session, "a", "new")]);
        Assert.Equal(Mode, System.IO.File.GetUnixFileMode(session.PathOf("out/a")));
        Assert.Equal("new", session.Read("out/a"));
    }

    [Theory]
    [InlineData("plain.conf", "is a symbolic link to")]
    [InlineData("", "is a symbolic link to")]
    public void A_link_below_the_output_is_refused(string linked, string problem)
    {
        using var session = new Session().With("confgen.yaml", Specs.Small).With("elsewhere/precious", "do not touch");
        string link = session.PathOf(Path.Combine("out/plain", linked).TrimEnd('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (linked.Length > 0)
            System.IO.File.CreateSymbolicLink(link, session.PathOf("elsewhere/precious"));
        else
            Directory.CreateSymbolicLink(link, session.PathOf("elsewhere"));
        Assert.Contains(problem, session.Run("build", "-t", "plain").Gives(2).Error, StringComparison.Ordinal);
        Assert.Equal("do not touch", session.Read("elsewhere/precious"));
        Assert.Single(Directory.GetFiles(session.PathOf("elsewhere")));
    }

    [Fact]
    public void The_output_folder_itself_may_be_a_link()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Directory.CreateDirectory(session.PathOf("real"));
        Directory.CreateSymbolicLink(session.PathOf("out"), session.PathOf("real"));
        session.Run("build", "-t", "plain").Gives(0);
        Assert.True(session.Has("real/plain/plain.conf"));
    }

    [Fact]
    public void A_folder_in_a_files_place_is_told()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Directory.CreateDirectory(session.PathOf("out/plain/plain.conf"));
        Assert.Contains("is a folder where a file must go", session.Run("build", "-t", "plain").Gives(2).Error, StringComparison.Ordinal);
        session.With("flat", "a file");
        Assert.Contains(
            "'flat' is a file, not a folder",
            session.Run("build", "-t", "plain", "-o", "flat").Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    private static OutputFile File(Session session, string path, string text) =>
        new(new OutputRoot(session.PathOf("out"), "out"), path, Encoding.UTF8.GetBytes(text), HoldsSecrets: false);

    private static string[] Entries(Session session) =>
        [.. Directory.GetFileSystemEntries(session.PathOf("out")).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)];
}
