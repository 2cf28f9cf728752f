namespace Confgen.Targets.Importing.Proving;

/// <summary>What stands for the ports, servers and files of a configuration while it is tried on this machine.</summary>
public interface IStagingPlaces
{
    /// <summary>A private folder.</summary>
    string Folder { get; }

    /// <summary>A PEM file with a certificate.</summary>
    string Certificate { get; }

    /// <summary>A PEM file with its key.</summary>
    string Key { get; }

    /// <summary>The port of 127.0.0.1 that is opened instead.</summary>
    int Port(int real);

    /// <summary>The mock, as <c>127.0.0.1:12345</c>, that plays a server; it speaks HTTP/1.1.</summary>
    string Server(string host, int port);

    /// <summary>The mock, as <c>127.0.0.1:12345</c>, that plays a server of scripts; it speaks FastCGI.</summary>
    string Script(string host, int port);

    /// <summary>The addresses of the clients, as they connect here, that are in a network; at least one, which may be nobody's.</summary>
    IReadOnlyList<string> Clients(string network);

    /// <summary>A file itself, or an empty one where it isn't here.</summary>
    string File(string real);

    /// <summary>A folder itself, or one with scripts where it isn't here.</summary>
    string Directory(string real);
}
