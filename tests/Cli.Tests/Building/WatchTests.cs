using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Building;

/// <summary><c>build --watch</c> follows everything that the spec is made of, and survives its mistakes.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Each_change_of_the_spec_or_of_what_it_includes_is_built()
    {
        using var session = new Session()
            .With("confgen.yaml", "include: [more/*.yaml]\n" + Specs.Small)
            .With("more/b.yaml", "sites:\n  - { host: b.example.com, respond: ok }\n");
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        CliEnvironment surroundings = session.CliEnvironment(output, TextWriter.Synchronized(error), stopping: stop.Token);
        // On a thread of its own: it blocks until it is stopped.
        Task<int> watch = Task.Factory.StartNew(
            () => CommandLine.Run(["build", "-t", "plain", "--watch"], surroundings),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        Wait("b.example.com -> a response");
        session.With("confgen.yaml", "include: [more/*.yaml]\nsites: 3\n");
        Until.True(() => Said().Contains("CFG0101", StringComparison.Ordinal), Said);
        Wait("a.example.com");
        session.With(
            "confgen.yaml",
            "include: [more/*.yaml]\n" + Specs.Small.Replace("a.example.com", "changed.example.com", StringComparison.Ordinal)
        );
        Wait("changed.example.com");
        session.With("more/c.yaml", "sites:\n  - { host: new.example.com, respond: ok }\n");
        Wait("new.example.com");
        File.Delete(session.PathOf("more/c.yaml"));
        Until.True(() => !session.Read("out/plain/plain.conf").Contains("new.example.com", StringComparison.Ordinal), Said);

        await stop.CancelAsync();
        Assert.Equal(0, await watch);

        void Wait(string text) =>
            Until.True(
                () => session.Has("out/plain/plain.conf") && session.Read("out/plain/plain.conf").Contains(text, StringComparison.Ordinal),
                Said
            );

        string Said()
        {
            lock (error)
                return error.ToString();
        }
    }
}
