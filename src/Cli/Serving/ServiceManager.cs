using System.Net.Sockets;
using System.Text;

namespace Confgen.Cli.Serving;

/// <summary>Tells the service manager how the process is, as sd_notify(3) says; nobody where none asked for it.</summary>
/// <param name="address">The value of <c>NOTIFY_SOCKET</c>: a path, or an abstract name behind an <c>@</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class ServiceManager(string? address, TimeProvider time)
{
    /// <summary>It serves.</summary>
    public void TellReady(string status) => Tell($"READY=1\nSTATUS={status}");

    /// <summary>It takes another spec; the time tells this reload from an earlier one.</summary>
    public void TellReloading() =>
        Tell(string.Create(null, $"RELOADING=1\nMONOTONIC_USEC={(long)(time.GetTimestamp() * (1e6 / time.TimestampFrequency))}"));

    /// <summary>It is about to end.</summary>
    public void TellStopping() => Tell("STOPPING=1\nSTATUS=requests under way may finish");

    /// <summary>Another process of the service is its main one from now on.</summary>
    public void TellSuccessor(int processId) =>
        Tell(string.Create(null, $"MAINPID={processId}\nREADY=1\nSTATUS=serving; requests of the process before it may finish"));

    private void Tell(string state)
    {
        if (address is not ['/' or '@', _, ..])
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
        }
        catch (SocketException)
        {
            // Nobody listens there: the proxy goes on all the same.
        }
    }
}
