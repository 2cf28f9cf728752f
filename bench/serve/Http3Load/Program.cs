// Asks for one address over HTTP/3 again and again, as h2load does where it was built for it, and prints how many answers were 2xx.
// Usage: Confgen.Http3Load URL REQUESTS CONNECTIONS STREAMS
using System.Globalization;
using System.Net;

if (args is not [var url, var requestsText, var connectionsText, var streamsText])
{
    Console.Error.WriteLine("usage: URL REQUESTS CONNECTIONS STREAMS");
    return 2;
}

var address = new Uri(url);
int left = int.Parse(requestsText, CultureInfo.InvariantCulture);
int streams = int.Parse(streamsText, CultureInfo.InvariantCulture);
int good = 0;
int bad = 0;
await Task.WhenAll(
    Enumerable
        .Range(0, int.Parse(connectionsText, CultureInfo.InvariantCulture))
        .Select(async _ =>
        {
            // A handler of its own has a connection of its own.
            using var handler = new SocketsHttpHandler();
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null;
            using var client = new HttpClient(handler)
            {
                DefaultRequestVersion = HttpVersion.Version30,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            await Task.WhenAll(
                Enumerable
                    .Range(0, streams)
                    .Select(async _ =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0)
                        {
                            using HttpResponseMessage response = await client.GetAsync(address);
                            if (response.IsSuccessStatusCode)
                            {
                                Interlocked.Increment(ref good);
                            }
                            else if (Interlocked.Increment(ref bad) == 1)
                            {
                                Console.Error.WriteLine(response);
                            }
                        }
                    })
            );
        })
);
Console.WriteLine(FormattableString.Invariant($" {good} 2xx"));
return 0;
