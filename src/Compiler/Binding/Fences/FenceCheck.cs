using Confgen.Compiler.Files;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Fences;

/// <summary>
/// Holds fenced files against their fences before anything is bound: what a file writes is found by the language's schema, so that a new
/// field which names a file is among it.
/// </summary>
internal sealed class FenceCheck(FieldCatalogue catalogue, IFileSystem files, DiagnosticBag diagnostics)
{
    // What is not listed is refused.
    private static readonly HashSet<string> _own = new(StringComparer.Ordinal)
    {
        SpecFields.Version.Name,
        SpecFields.Include.Name,
        SpecFields.Upstreams.Name,
        SpecFields.Sites.Name,
        SpecFields.Tests.Name,
    };

    private readonly Dictionary<string, (ScalarSyntax Name, Fence? Fence)> _upstreams = new(StringComparer.Ordinal);

    /// <summary>Checks all files of a spec, those without a fence too: they may not use what a fenced one defines.</summary>
    public void Run(IReadOnlyList<(MapSyntax Map, Fence? Fence)> roots)
    {
        if (roots.All(r => r.Fence is null))
        {
            return;
        }

        foreach ((MapSyntax map, Fence? fence) in roots)
        {
            foreach (EntrySyntax entry in map.Find(SpecFields.Upstreams.Name) is MapSyntax upstreams ? upstreams.Entries : [])
            {
                _upstreams.TryAdd(entry.Key.Value, (entry.Key, fence));
            }
        }

        foreach ((MapSyntax map, Fence? fence) in roots)
        {
            if (fence is not null)
            {
                CheckKeys(map, fence);
                CheckSockets(map, fence);
            }

            foreach (WrittenValue value in WrittenValues.Of(map, catalogue))
            {
                CheckName(value, fence);
                if (fence is not null)
                {
                    Check(value, fence);
                }
            }
        }
    }

    private void CheckKeys(MapSyntax map, Fence fence)
    {
        foreach (ScalarSyntax key in map.Entries.Select(e => e.Key))
        {
            if (!_own.Contains(key.Value) && !catalogue.Objects[0].Ignores(key.Value))
            {
                Report(key, $"'{key.Value}' in a fenced file", $"a fenced file has {string.Join(", ", _own.Skip(1))} alone", fence);
            }
        }
    }

    private void Check(WrittenValue value, Fence fence)
    {
        switch (value)
        {
            case { Type: TypeSchema.Fields fields } when fields.Schema() == RawFields.Schema && value.Field != SpecFields.Raw:
                Report(value.Node, "'raw' in a fenced file", "say it with fields of the spec", fence);
                break;
            case { Type: TypeSchema.ListOf } when value.Field == FragmentFields.Use:
                Report(value.Node, "'use' in a fenced file", "write the fields themselves", fence);
                break;
            case { Node: ScalarSyntax host } when value.Type == TypeSchema.HostPattern && value.Field == SiteFields.Host:
                CheckHost(host, fence);
                break;
            case { Node: ScalarSyntax { IsNull: false, IsUnresolved: false } path } when value.Type == TypeSchema.Path:
                bool isStream = value.Field == LogFields.Output && path.Value is "stdout" or "stderr";
                if (!isStream && value.Field != SpecFields.Include && value.Field != IncludeFields.Files)
                {
                    CheckPath(path, path.Value, fence);
                }

                break;
            default:
                break;
        }
    }

    private void CheckHost(ScalarSyntax host, Fence fence)
    {
        if (HostPattern.TryParse(host.Value, out HostPattern? pattern, out _) && !fence.Has(pattern))
        {
            string given = string.Join(", ", fence.Hosts.Select(h => h.ToString()));
            Report(host, $"the host '{pattern}' is outside of the fence", $"it gives {given}; have the host added to 'hosts'", fence);
        }
    }

    private void CheckPath(SyntaxNode at, string path, Fence fence)
    {
        if (fence.Refuses(files, Path.GetDirectoryName(at.Span.File) ?? "", path) is { } reason)
        {
            Report(at, reason, fence.WayOut, fence);
        }
    }

    // Listeners, servers and whatever else may be a socket.
    private void CheckSockets(SyntaxNode node, Fence fence)
    {
        switch (node)
        {
            case ScalarSyntax scalar when scalar.Value.StartsWith("unix:/", StringComparison.Ordinal):
                CheckPath(scalar, scalar.Value["unix:".Length..], fence);
                break;
            case ListSyntax list:
                foreach (SyntaxNode item in list.Items)
                {
                    CheckSockets(item, fence);
                }

                break;
            case MapSyntax map:
                foreach (
                    EntrySyntax entry in map.Entries.Where(e => !e.Key.Value.StartsWith(ObjectSchema.OwnKeys, StringComparison.Ordinal))
                )
                {
                    CheckSockets(entry.Value, fence);
                }

                break;
            default:
                break;
        }
    }

    // The names of upstreams belong to the files of one fence, or to all files that have none.
    private void CheckName(WrittenValue value, Fence? fence)
    {
        if (value.Node is not ScalarSyntax name || (value.Type != TypeSchema.UpstreamName && value.Type != TypeSchema.FastCgiServer))
        {
            return;
        }

        if (fence is not null && name.Value.StartsWith("tunnel:", StringComparison.Ordinal))
        {
            Report(name, "a tunnel in a fenced file", "tunnels belong to files without a fence", fence);
        }
        else if (_upstreams.TryGetValue(name.Value, out (ScalarSyntax Name, Fence? Fence) defined) && defined.Fence != fence)
        {
            diagnostics.Report(
                Fence.Outside,
                name.Span,
                defined.Fence is null
                    ? $"the upstream '{name.Value}' is defined outside of the fence"
                    : $"the upstream '{name.Value}' is defined by the files of {(fence is null ? "a" : "another")} fence",
                "write the URL, or define an upstream of another name",
                new RelatedSpan(defined.Name.Span, "its definition")
            );
        }
    }

    private void Report(SyntaxNode at, string message, string wayOut, Fence fence) =>
        diagnostics.Report(Fence.Outside, at.Span, message, wayOut, fence.Related);
}
