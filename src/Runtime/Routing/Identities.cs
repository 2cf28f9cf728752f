using System.Net;
using Confgen.Model;
using Confgen.Model.Rules;
using Confgen.Model.Units;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>Finds out who asks.</summary>
internal sealed class Identities(ValueList<Cidr> trusted, bool trustsUnix)
{
    /// <summary>The identity behind a request; the same object for the next request of a connection that says the same.</summary>
    public ClientIdentity Of(Exchange exchange)
    {
        ClientConnection client = exchange.Client;
        string authority = exchange.Request.Authority;
        if (client.IsUnix ? trustsUnix : trusted.Count > 0 && ClientAddress.IsTrusted(trusted, client.Peer))
        {
            return OfTrusted(exchange, authority);
        }

        if (client.LastIdentity is { } last && ReferenceEquals(last.Authority, authority))
        {
            return last;
        }

        return client.LastIdentity = new ClientIdentity(
            client.Peer,
            client.PeerText,
            authority,
            client.PeerText,
            client.Scheme,
            authority,
            KeepsForwarded: false
        );
    }

    private ClientIdentity OfTrusted(Exchange exchange, string authority)
    {
        ClientConnection client = exchange.Client;
        FieldList fields = exchange.Request.Fields;
        string list = Joined(fields, FieldKind.XForwardedFor);
        IPAddress address = ClientAddress.Resolve(trusted, client.Peer, list, isPeerTrusted: true);
        string proto = Joined(fields, FieldKind.XForwardedProto);
        string host = Joined(fields, FieldKind.XForwardedHost);
        return new ClientIdentity(
            address,
            client.IsUnix && ReferenceEquals(address, client.Peer) ? "" : address.ToString(),
            authority,
            list.Length > 0 && client.PeerText.Length > 0 ? list + ", " + client.PeerText : list + client.PeerText,
            proto.Length > 0 ? proto : client.Scheme,
            host.Length > 0 ? host : authority,
            KeepsForwarded: true
        );
    }

    private static string Joined(FieldList fields, FieldKind kind)
    {
        string all = "";
        for (int i = fields.IndexOf(kind); i >= 0; i = fields.IndexOf(kind, i + 1))
        {
            // A look-alike with underscores is nobody's word.
            if (fields[i].ValueLength > 0 && fields.Name(i).IndexOf((byte)'_') < 0)
            {
                all += (all.Length == 0 ? "" : ", ") + fields.ValueText(i);
            }
        }

        return all;
    }
}
