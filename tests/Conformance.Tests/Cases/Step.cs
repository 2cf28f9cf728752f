using Confgen.Conformance.Tests.Backends;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>One exchange of a case, perhaps repeated.</summary>
internal sealed record Step
{
    /// <summary>The name of the variable that counts repetitions, from 1: <c>${N}</c>.</summary>
    public const string Counter = "N";

    /// <summary>Where it stands in the file, and what it sends.</summary>
    public required string Title { get; init; }

    /// <summary>What the client sends.</summary>
    public required Request Request { get; init; }

    /// <summary>What the backends answer, by their names; <c>*</c> stands for each.</summary>
    public required IReadOnlyDictionary<string, Response> Responses { get; init; }

    /// <summary>What is expected of every program.</summary>
    public required Expectation Expect { get; init; }

    /// <summary>What is expected instead of those for which the compiler declares a difference.</summary>
    public required IReadOnlyList<Difference> Differs { get; init; }

    /// <summary>How often it is sent.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>How long nothing is sent before each of the requests.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>How many of the repeated requests each backend gets, as a least and a most.</summary>
    public IReadOnlyDictionary<string, (int Least, int Most)>? Counts { get; init; }

    /// <summary>How many of the upstream's connections the repeated requests take, or null.</summary>
    public int? Connections { get; init; }

    /// <summary>The name under which the client keeps the cookies that it gets, and sends them; null for no cookies.</summary>
    public string? Jar { get; init; }

    /// <summary>The status of the backends' responses to probes, by name; 200 unless given, and 0 for no response.</summary>
    public IReadOnlyDictionary<string, int> Probes { get; init; } = new Dictionary<string, int>();

    /// <summary>How long the response is waited for, where the case is about one that never comes.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Whether every repeated request goes to the same backend.</summary>
    public bool Sticky { get; init; }

    /// <summary>Whether it is tried again until it is as expected: for what a program does in its own time.</summary>
    public bool Eventually { get; init; }

    /// <summary>Exchanges that take place while this one waits for its response.</summary>
    public IReadOnlyList<Step> Meanwhile { get; init; } = [];

    /// <summary>What a backend answers.</summary>
    public Response ResponseOf(string backend) =>
        Responses.GetValueOrDefault(backend) ?? Responses.GetValueOrDefault("*") ?? Response.Of(backend);

    /// <summary>The step of a repetition.</summary>
    public Step Numbered(int number)
    {
        string Put(string text) => text.Replace("${" + Counter + "}", number.ToString(), StringComparison.Ordinal);
        return Repeat == 1
            ? this
            : this with
            {
                Request = Request with
                {
                    Target = Put(Request.Target),
                    From = Request.From is null ? null : Put(Request.From),
                    Headers = [.. Request.Headers.Select(Put)],
                },
                Expect = Expect with
                {
                    Upstream = [.. Expect.Upstream.Select(h => h with { Lines = h.Lines is null ? null : [.. h.Lines.Select(Put)] })],
                },
            };
    }
}
