using System.Collections.Frozen;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>What the files may hold: read once from the list beside this file, which is made of Traefik's generated references.</summary>
internal sealed class TraefikKeys
{
    /// <summary>The dynamic file's.</summary>
    public static readonly TraefikKeys Dynamic = new("dynamic");

    /// <summary>The static file's.</summary>
    public static readonly TraefikKeys Static = new("static");

    private const string AnyName = "*";
    private readonly Lazy<(FrozenDictionary<string, TraefikKey> Leaves, FrozenSet<string> Branches)> _keys;

    private TraefikKeys(string file) => _keys = new(() => Read(file));

    /// <summary>
    /// The path of a key below another one, as the list has it; null where there is none. A name of the user's becomes a star.
    /// </summary>
    public string? Below(string path, string key)
    {
        string own = path.Length == 0 ? key : $"{path}.{key}";
        string named = $"{path}.{AnyName}";
        return Knows(own) ? own
            : path.Length > 0 && Knows(named) ? named
            : null;
    }

    /// <summary>What a path holds; null where it holds further keys alone.</summary>
    public TraefikKey? Find(string path) => _keys.Value.Leaves.GetValueOrDefault(path);

    /// <summary>Whether there are keys below the path.</summary>
    public bool HasKeys(string path) => _keys.Value.Branches.Contains(path);

    private bool Knows(string path) => HasKeys(path) || Find(path) is not null;

    private static (FrozenDictionary<string, TraefikKey> Leaves, FrozenSet<string> Branches) Read(string file)
    {
        using Stream? stream = typeof(TraefikKeys).Assembly.GetManifestResourceStream("Confgen.Targets.Traefik.Syntax.keys.txt");
        using var reader = new StreamReader(stream ?? throw new InvalidOperationException("the list of Traefik's keys is missing"));
        var leaves = new Dictionary<string, TraefikKey>(StringComparer.Ordinal);
        var branches = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ') is not [var name, var path, var kind, .. var since] || name != file)
            {
                continue;
            }

            TargetVersion version = since is [var first] && TargetVersion.TryParse(first, out TargetVersion read) ? read : new(3, 0);
            leaves[path] = new TraefikKey(kind, version);
            for (int dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
            {
                branches.Add(path[..dot]);
            }
        }

        return (leaves.ToFrozenDictionary(StringComparer.Ordinal), branches.ToFrozenSet(StringComparer.Ordinal));
    }
}
