namespace Confgen.Model.Regexes;

/// <summary>Strongly connected components of a graph (Tarjan 1972), without recursion.</summary>
internal static class StrongComponents
{
    /// <summary>The number of each node's component.</summary>
    /// <param name="count">The nodes are 0 to this.</param>
    /// <param name="next">The nodes that a node leads to.</param>
    public static int[] Of(int count, Func<int, IEnumerable<int>> next)
    {
        int[] component = new int[count];
        int[] order = new int[count];
        int[] low = new int[count];
        Array.Fill(component, -1);
        var open = new Stack<int>();
        var path = new Stack<(int Node, IEnumerator<int> Next)>();
        (int visited, int components) = (0, 0);
        for (int root = 0; root < count; root++)
        {
            if (order[root] != 0)
            {
                continue;
            }

            Enter(root);
            while (path.Count > 0)
            {
                (int node, IEnumerator<int> edges) = path.Peek();
                if (edges.MoveNext())
                {
                    int to = edges.Current;
                    if (order[to] == 0)
                    {
                        Enter(to);
                    }
                    else if (component[to] < 0)
                    {
                        low[node] = Math.Min(low[node], order[to]);
                    }

                    continue;
                }

                Leave(node);
            }
        }

        return component;

        void Enter(int node)
        {
            order[node] = low[node] = ++visited;
            open.Push(node);
            path.Push((node, next(node).GetEnumerator()));
        }

        void Leave(int node)
        {
            path.Pop().Next.Dispose();
            if (path.Count > 0)
            {
                int parent = path.Peek().Node;
                low[parent] = Math.Min(low[parent], low[node]);
            }

            if (low[node] != order[node])
            {
                return;
            }

            int member;
            do
            {
                member = open.Pop();
                component[member] = components;
            } while (member != node);
            components++;
        }
    }
}
