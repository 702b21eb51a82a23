using Microsoft.AspNetCore.Http.Features;

namespace BoardServer;

/// <summary>
/// Between SignalR and the network: logs the traffic, and rejects, drops or silences it when a test asked for it.
/// </summary>
internal sealed class TransportMiddleware(RequestDelegate next, Misbehaviour misbehaviour, Clients clients, ServerLog log)
{
    private const string Send = nameof(Send);
    private const string Delete = nameof(Delete);

    public async Task InvokeAsync(HttpContext context)
    {
        if (Kind(context) is not { } kind)
        {
            await next(context);
            return;
        }

        var token = context.Request.Query["id"].ToString();
        var client = clients.Find(token);
        if (client is not { IsRetired: true } && NextStandIn(kind) is { } standIn)
        {
            Refused(client, kind, standIn.Status);
            await standIn.WriteAsync(context.Response);
            return;
        }

        if (client is { Lost: true })
        {
            Refused(client, kind, StatusCodes.Status404NotFound);
            await new StandIn(StatusCodes.Status404NotFound, "No Connection with that ID", null).WriteAsync(context.Response);
            return;
        }

        if (client is null && (token != "" || kind != TransportNames.WebSockets))
        {
            await next(context);
            Refused(client, kind, context.Response.StatusCode);
            return;
        }

        client ??= clients.AddStranger();
        Clients.Remember(context, client);
        await (kind switch
        {
            TransportNames.WebSockets => WebSocketAsync(context, client),
            TransportNames.ServerSentEvents => EventStreamAsync(context, client),
            TransportNames.LongPolling => PollAsync(context, client),
            Delete => DeleteAsync(context, client),
            _ => SendAsync(context, client),
        });
    }

    private StandIn? NextStandIn(string kind) => kind == Send ? misbehaviour.NextSend() : misbehaviour.NextTransport(kind);

    private static string? Kind(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method))
        {
            return request.Path.Value!.EndsWith("/negotiate") ? null : Send;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            return HttpMethods.IsDelete(request.Method) ? Delete : null;
        }

        return context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } ? TransportNames.WebSockets
            : request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream") ? TransportNames.ServerSentEvents
            : TransportNames.LongPolling;
    }

    private async Task WebSocketAsync(HttpContext context, Client client)
    {
        var feature = new MisbehavingSocketFeature(context.Features.Get<IHttpWebSocketFeature>()!, context, client);
        context.Features.Set<IHttpWebSocketFeature>(feature);
        await next(context);
        const int abnormal = 1006;
        if (feature.Socket is { } socket)
        {
            client.SocketClosed(socket, (int?)socket.CloseStatus ?? abnormal);
        }
        else
        {
            Refused(client, TransportNames.WebSockets, context.Response.StatusCode);
        }
    }

    private async Task EventStreamAsync(HttpContext context, Client client)
    {
        var stream = new WireStream(context.Response.Body, client) { FirstWrite = () => client.Connected(TransportNames.ServerSentEvents) };
        context.Response.Body = stream;
        client.Request ??= context;
        await next(context);
        if (client.Request == context)
        {
            client.Request = null;
        }

        if (stream.FirstWrite is null)
        {
            client.Closed();
        }
        else
        {
            Refused(client, TransportNames.ServerSentEvents, context.Response.StatusCode);
        }
    }

    private async Task PollAsync(HttpContext context, Client client)
    {
        if (client.TakeDrop())
        {
            context.Abort();
            return;
        }

        await client.Speaking;
        context.Response.Body = new WireStream(context.Response.Body, client) { HoldsBack = true };
        client.Request = context;
        client.Polls();

        // SignalR has registered the poll when its code yields for the first time.
        var answering = next(context);
        log.Add(client.ConnectionId, "poll came");
        await answering;
        if (client.Request == context)
        {
            client.Request = null;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            Refused(client, TransportNames.LongPolling, context.Response.StatusCode);
        }
        else
        {
            log.Add(client.ConnectionId, "poll answered", context.Response.StatusCode.ToString());
        }
    }

    private async Task SendAsync(HttpContext context, Client client)
    {
        await client.Speaking;
        context.Request.Body = new WireStream(context.Request.Body, client);
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            Refused(client, Send, context.Response.StatusCode);
        }
    }

    private async Task DeleteAsync(HttpContext context, Client client)
    {
        await next(context);
        log.Add(client.ConnectionId, "delete answered", context.Response.StatusCode.ToString());
    }

    private void Refused(Client? client, string kind, int status)
    {
        var (what, detail) = kind switch
        {
            Send => ("send refused", $"{status}"),
            Delete => ("delete answered", $"{status}"),
            _ => ("transport refused", $"{kind} {status}"),
        };
        log.Add(client?.ConnectionId ?? "", what, detail);
    }
}
