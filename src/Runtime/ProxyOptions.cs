using System.Net;
using System.Net.Sockets;
using Confgen.Files;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Observing;

namespace Confgen.Runtime;

/// <summary>How a spec is served, beside what it says itself.</summary>
public sealed record ProxyOptions
{
    /// <summary>The port bound where the spec says 80; null binds 80. For users who may not bind it.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The port bound where the spec says 443; null binds 443.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>
    /// The directory of what must outlive a run: the local authority of <c>tls: internal</c>, the certificates of <c>tls: auto</c>. Default
    /// <c>confgen</c> below the user's data directory (XDG).
    /// </summary>
    public string? StateDirectory { get; init; }

    /// <summary>
    /// The DNS servers that are asked; those of the system unless given, together with its hosts file and search domains.
    /// </summary>
    public IReadOnlyList<IPEndPoint> DnsServers { get; init; } = [];

    /// <summary>Listening sockets that were handed over, as by systemd: used where the spec listens at their addresses.</summary>
    public IReadOnlyList<Socket> Inherited { get; init; } = [];

    /// <summary>
    /// The listening sockets of the process that serves until now; null where there is none. That one still accepts on them, and has UDP's
    /// ports until it ends: see <see cref="ProxyServer.PredecessorEnded"/>.
    /// </summary>
    public IReadOnlyList<Socket>? Passed { get; init; }

    /// <summary>
    /// The side of the spec's tunnels. On the private one sites are not served. Unless given a spec with sites is the public side's, and
    /// one without the private side's.
    /// </summary>
    public TunnelSide? Side { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The randomness of <c>balance: random</c>.</summary>
    public Random Random { get; init; } = new();

    /// <summary>
    /// Opens the output of an access log: an absolute file name, <c>stdout</c> or <c>stderr</c>. Appends to the file unless given.
    /// </summary>
    public Func<string, Stream> OpenLog { get; init; } =
        static output =>
            output is "stdout" or "stderr"
                ? new FileStream("/dev/" + output, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)
                : AppendedFile.Open(output);

    /// <summary>Receives each request when it is over, on the thread that served it: it must not wait. Null where nobody watches.</summary>
    public Action<ServedRequest>? Served { get; init; }

    /// <summary>Receives one line for each thing that the operator should know, from any thread.</summary>
    public Action<string> Notice { get; init; } = static _ => { };

    /// <summary>Receives those of them that something is wrong with; <see cref="Notice"/> receives these, too, unless given.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>How long certificates by ACME take and wait.</summary>
    internal Acme.AcmePace AcmePace { get; init; } = new();

    internal void Warn(string line) => (Warning ?? Notice)(line);

    /// <summary>The port that is bound where the spec says this one.</summary>
    internal int PortFor(int port) =>
        port switch
        {
            80 => HttpPort ?? 80,
            443 => HttpsPort ?? 443,
            _ => port,
        };
}
