using System.Net.Sockets;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Listening;

/// <summary>
/// The listeners of the spec that is served. A reload opens what is new, closes what is gone, and leaves the others as they are.
/// </summary>
internal sealed class OpenListeners(InheritedSockets inherited)
{
    private readonly List<Live> _live = [];
    private readonly List<Live> _opened = [];

    /// <summary>What is listened on.</summary>
    public IEnumerable<Listener> All => _live.Select(l => l.Listener);

    /// <summary>The same with its plan.</summary>
    public IEnumerable<(ListenPlan Plan, Listener Listener)> Planned => _live.Select(l => (l.Plan, l.Listener));

    /// <summary>Opens what another spec needs and isn't open; what can't be opened is added to the failures.</summary>
    public void Prepare(IEnumerable<ListenPlan> plans, List<StartFailure> failures)
    {
        foreach (ListenPlan plan in plans.Where(p => !_live.Any(l => l.Plan.EndPoint.Equals(p.EndPoint))))
        {
            try
            {
                _opened.Add(new Live(plan, inherited.Open(plan.EndPoint, All).LetAllConnect()));
            }
            catch (SocketException e)
            {
                failures.Add(new StartFailure(plan.Address.At.Span, BindFailures.Explain(plan, e)));
            }
        }
    }

    /// <summary>Closes what <see cref="Prepare"/> has opened.</summary>
    public void Withdraw()
    {
        _opened.Where(l => !l.Listener.IsInherited).ToList().ForEach(l => l.Listener.Dispose());
        _opened.Clear();
    }

    /// <summary>Goes over to the plans that were prepared.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="serve">Serves a connection.</param>
    /// <param name="notice">Receives a line where the system gives no more connections, and where it does again.</param>
    public void TakeOver(IReadOnlyCollection<ListenPlan> plans, Func<Connection, ListenPlan, Task> serve, Action<string> notice)
    {
        foreach (Live gone in _live.Where(l => !l.Listener.IsInherited && !plans.Any(p => p.EndPoint.Equals(l.Plan.EndPoint))).ToArray())
        {
            gone.Listener.Dispose();
            _live.Remove(gone);
        }

        foreach (Live kept in _live)
        {
            kept.Plan = plans.FirstOrDefault(p => p.EndPoint.Equals(kept.Plan.EndPoint)) ?? kept.Plan;
        }

        _live.AddRange(_opened);
        foreach (Live live in _opened)
        {
            live.Listener.Accept(connection => serve(connection, live.Plan), notice);
        }

        _opened.Clear();
    }

    /// <summary>Closes all of them; ends when each connection that was accepted until then was handed on.</summary>
    /// <param name="isPassed">Whether another process accepts on the same sockets.</param>
    public Task CloseAsync(bool isPassed)
    {
        Task[] closing = [.. All.Select(l => l.CloseAsync(isPassed))];
        _live.Clear();
        return Task.WhenAll(closing);
    }

    private sealed class Live(ListenPlan plan, Listener listener)
    {
        public ListenPlan Plan { get; set; } = plan;

        public Listener Listener { get; } = listener;
    }
}
