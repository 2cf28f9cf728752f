using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Lists of fields that a connection's later streams use again: they are most of the memory that a stream with a small request takes.
/// </summary>
internal sealed class FieldLists
{
    // For the streams that are usually open at a time; beyond them lists come and go.
    private const int Most = 32;

    private readonly Lock _lock = new();
    private readonly Stack<FieldList> _free = new();

    /// <summary>An empty list.</summary>
    public FieldList Rent()
    {
        lock (_lock)
        {
            return _free.TryPop(out FieldList? list) ? list : new FieldList();
        }
    }

    /// <summary>Takes a list back that nobody reads any more.</summary>
    public void Return(FieldList list)
    {
        list.Clear();
        lock (_lock)
        {
            if (_free.Count < Most)
            {
                _free.Push(list);
            }
        }
    }
}
