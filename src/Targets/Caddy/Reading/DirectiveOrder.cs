using Confgen.Targets.Caddy.Reading.Matching;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>The order in which Caddy runs directives, whatever the order written (caddyconfig/httpcaddyfile/directives.go).</summary>
internal sealed class DirectiveOrder
{
    private readonly List<string> _names =
    [
        .. (
            "tracing map vars fs root log_append log_skip log_name header copy_response_headers request_body timeouts redir method rewrite "
            + "uri try_files basic_auth forward_auth request_header encode push intercept templates invoke handle route abort error "
            + "copy_response respond metrics reverse_proxy php_fastcgi file_server acme_server"
        ).Split(' '),
    ];

    /// <summary>Follows a global <c>order</c>; false where it makes no sense.</summary>
    public bool Change(IReadOnlyList<string> words)
    {
        if (words.Count < 2)
        {
            return false;
        }

        string name = Canonical(words[0]);
        int other = words.Count > 2 ? _names.IndexOf(Canonical(words[2])) : 0;
        if (other < 0)
        {
            return false;
        }

        string? anchor = words.Count > 2 ? _names[other] : null;
        _names.Remove(name);
        int at = words[1] switch
        {
            "first" => 0,
            "last" => _names.Count,
            "before" when anchor is not null => _names.IndexOf(anchor),
            "after" when anchor is not null => _names.IndexOf(anchor) + 1,
            _ => -1,
        };
        if (at < 0)
        {
            return false;
        }

        _names.Insert(at, name);
        return true;
    }

    /// <summary>Whether a directive has a place; that of a plugin's own is not known here.</summary>
    public bool Knows(string name) => _names.Contains(Canonical(name));

    /// <summary>Sorts steps as Caddy does: by directive, then the more specific matcher first.</summary>
    public IEnumerable<Step> Sorted(IEnumerable<Step> steps) =>
        steps.Select((s, i) => (Step: s, At: i)).Order(new Order(this)).Select(s => s.Step);

    private static string Canonical(string name) =>
        name switch
        {
            "basicauth" => "basic_auth",
            "skip_log" => "log_skip",
            "handle_path" => "handle",
            _ => name,
        };

    private int Rank(string name) => _names.IndexOf(Canonical(name)) is >= 0 and var at ? at : _names.Count;

    private sealed class Order(DirectiveOrder order) : IComparer<(Step Step, int At)>
    {
        public int Compare((Step Step, int At) x, (Step Step, int At) y)
        {
            int rank = order.Rank(x.Step.Line.Name).CompareTo(order.Rank(y.Step.Line.Name));
            int specific = rank != 0 ? rank : Specific(x.Step.Condition, y.Step.Condition);
            bool isReversed = rank == 0 && x.Step.Line.Name == "vars";
            return specific != 0 ? (isReversed ? -specific : specific) : x.At.CompareTo(y.At);
        }

        private static int Specific(Condition x, Condition y)
        {
            if (x.OnlyPath is not { Length: > 0 } a || y.OnlyPath is not { Length: > 0 } b)
            {
                return x.IsWritten == y.IsWritten ? 0
                    : x.IsWritten ? -1
                    : 1;
            }

            string shortA = a.EndsWith('*') ? a[..^1] : a;
            string shortB = b.EndsWith('*') ? b[..^1] : b;
            return shortA == shortB ? a.Length.CompareTo(b.Length)
                : shortA.Length == shortB.Length ? string.CompareOrdinal(shortA, shortB)
                : shortB.Length.CompareTo(shortA.Length);
        }
    }
}
