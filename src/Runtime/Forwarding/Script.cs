using System.Globalization;
using System.Text;
using Confgen.Model.Routes;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Upstreams.FastCgi;

namespace Confgen.Runtime.Forwarding;

/// <summary>The script that a FastCGI server runs for a request.</summary>
/// <param name="FastCgi">What the route says.</param>
/// <param name="Name">Its path below the root, a character for each byte.</param>
/// <param name="PathInfo">What follows it in the request's path; empty for nothing.</param>
internal sealed record Script(FastCgi FastCgi, string Name, string PathInfo)
{
    /// <summary>Tells a server which script it is, and of the client and its connection. No other place writes these parameters.</summary>
    public void Tell(RoutedRequest request, FastCgiUpstreamExchange to)
    {
        ClientConnection client = request.Exchange.Client;
        string root = Latin1(FastCgi.Root);
        to.SetParam("GATEWAY_INTERFACE", "CGI/1.1");
        to.SetParam("SERVER_SOFTWARE", "confgen");
        to.SetParam("SERVER_PROTOCOL", request.Exchange.Request.Protocol);
        to.SetParam("SERVER_NAME", request.HostName);
        to.SetParam("SERVER_PORT", Number(client.Port));
        to.SetParam("REQUEST_SCHEME", client.Scheme);
        to.SetParam("REDIRECT_STATUS", "200");
        to.SetParam("DOCUMENT_ROOT", root);
        to.SetParam("DOCUMENT_URI", Name);
        to.SetParam("SCRIPT_NAME", Name);
        to.SetParam("SCRIPT_FILENAME", root.TrimEnd('/') + Name);
        to.SetParam("PATH_INFO", PathInfo);
        to.SetParam("REMOTE_ADDR", request.Identity.ClientText);
        to.SetParam("REMOTE_PORT", Number(client.PeerPort));
        if (client.IsTls)
        {
            to.SetParam("HTTPS", "on");
        }

        if (request.User is { } user)
        {
            to.SetParam("REMOTE_USER", user);
        }

        foreach (FastCgiParam param in FastCgi.Params)
        {
            to.SetParam(param.Name, Latin1(param.Value));
        }
    }

    private static string Number(int port) => port == 0 ? "" : port.ToString(CultureInfo.InvariantCulture);

    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
