using Confgen.Compiler.Schema;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>server</c>.</summary>
public static class ServerFields
{
    private static readonly UpstreamServer _default = new() { Address = new ServerAddress(ServerScheme.Http, "", 80) };

    public static readonly Field Url = new("url", TypeSchema.ServerUrl, "Where it listens and what it speaks.")
    {
        Required = true,
        Example = "http://127.0.0.1:3000",
    };

    public static readonly IntegerField Weight = new("weight", "Its share among the servers.", _default.Weight, 1, 1000);

    public static readonly IntegerField MaxConns = new(
        "max_conns",
        "Most connections at once; 0 is unlimited.",
        _default.MaxConns,
        0,
        1_000_000
    );

    public static readonly BooleanField Backup = new("backup", "Used only while the others are down.", _default.Backup);

    public static readonly BooleanField Down = new("down", "Out of service: kept in the spec, never chosen.", _default.Down);

    public static readonly ObjectSchema Schema = new(
        "server",
        "A server of an upstream; its URL alone will do where nothing else is to be said.",
        Url,
        Weight,
        MaxConns,
        Backup,
        Down
    );
}
