namespace Confgen.Runtime.Tunnels;

/// <summary>
/// Pauses between attempts to reach a portal: doubled from one to the next, up to a second, so that a portal's restart is over within two;
/// and never the same for two bridges, so that they don't come all at once.
/// </summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = _first;

    /// <summary>The pause before the next attempt: between half of its length and all of it.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = _next * (0.5 + (random.NextDouble() / 2));
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return pause;
    }

    /// <summary>An attempt was good.</summary>
    public void Reset() => _next = _first;
}
