using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace BoardServer;

/// <summary>Puts a <c>MisbehavingSocket</c> between SignalR and the real socket.</summary>
internal sealed class MisbehavingSocketFeature(IHttpWebSocketFeature real, HttpContext context, Client client) : IHttpWebSocketFeature
{
    public MisbehavingSocket? Socket { get; private set; }

    public bool IsWebSocketRequest => true;

    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext acceptContext)
    {
        Socket = new MisbehavingSocket(await real.AcceptAsync(acceptContext), context, client);
        client.Connected(TransportNames.WebSockets, Socket);
        return Socket;
    }
}
