using System.Collections.Frozen;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// What nginx's modules define: directives and variables, by version. Read once from the lists beside this file, which
/// <c>scripts/nginx-catalogue</c> writes from nginx's own tables.
/// </summary>
internal sealed class NginxCatalogue
{
    private static readonly Lazy<NginxCatalogue> Shared = new(() => new NginxCatalogue());

    private readonly FrozenDictionary<string, NginxDefinition[]>.AlternateLookup<ReadOnlySpan<char>> _directives;
    private readonly FrozenDictionary<string, NginxVariable[]>.AlternateLookup<ReadOnlySpan<char>> _variables;
    private readonly NginxVariable[] _prefixes;

    private NginxCatalogue()
    {
        List<NginxDefinition> definitions = [];
        foreach (string line in Lines("directives.txt").Concat(Lines("directives-modules.txt")))
        {
            definitions.Add(NginxDefinition.Parse(line, definitions.Count));
        }

        Definitions = definitions;
        _directives = definitions
            .GroupBy(definition => definition.Name)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray())
            .GetAlternateLookup<ReadOnlySpan<char>>();
        NginxVariable[] variables = [.. Lines("variables.txt").Select(NginxVariable.Parse)];
        _prefixes = [.. variables.Where(variable => variable.Name.EndsWith('_'))];
        _variables = variables
            .GroupBy(variable => variable.Name)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray())
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The catalogue.</summary>
    public static NginxCatalogue Instance => Shared.Value;

    /// <summary>All definitions; <see cref="NginxDefinition.Index"/> is the place.</summary>
    public IReadOnlyList<NginxDefinition> Definitions { get; }

    /// <summary>The definitions of a directive, in any context and version; none where no module has it.</summary>
    public ReadOnlySpan<NginxDefinition> Find(ReadOnlySpan<char> name) =>
        _directives.TryGetValue(name, out NginxDefinition[]? found) ? found : [];

    /// <summary>Whether a module defines the variable for the protocol in the version.</summary>
    public bool HasVariable(ReadOnlySpan<char> name, bool stream, TargetVersion version)
    {
        if (_variables.TryGetValue(name, out NginxVariable[]? found))
        {
            foreach (NginxVariable variable in found)
            {
                if (variable.IsStream == stream && variable.IsIn(version))
                {
                    return true;
                }
            }
        }

        foreach (NginxVariable prefix in _prefixes)
        {
            if (
                name.Length > prefix.Name.Length
                && name.StartsWith(prefix.Name, StringComparison.Ordinal)
                && prefix.IsStream == stream
                && prefix.IsIn(version)
            )
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Lines(string file)
    {
        Type type = typeof(NginxCatalogue);
        using Stream stream =
            type.Assembly.GetManifestResourceStream(type, file) ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}
