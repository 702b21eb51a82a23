using Microsoft.AspNetCore.SignalR;

namespace BoardServer;

/// <summary>
/// Logs when clients connect to and disconnect from the hub, and throws in OnConnected when a test asked for it.
/// </summary>
internal sealed class LoggingHubFilter(ServerLog log, Misbehaviour misbehaviour) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        Telemetry.NameConnection(context.Context);
        Clients.Of(context.Context.GetHttpContext()!).Hub = context.Context;
        if (misbehaviour.NextConnectedFailure() is { } greets)
        {
            if (greets)
            {
                await context.Hub.Clients.Caller.SendAsync("messageReceived", "board", "welcome", 0);
            }

            log.Add(context.Context.ConnectionId, "connected failed");
            throw new InvalidOperationException("OnConnected was told to fail.");
        }

        log.Add(context.Context.ConnectionId, "connected");
        await next(context);
    }

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Telemetry.NameConnection(context.Context);
        return next(context);
    }

    public Task OnDisconnectedAsync(
        HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        Telemetry.NameConnection(context.Context);
        if (exception?.Message.StartsWith("Client hasn't sent a message/ping") == true)
        {
            log.Add(context.Context.ConnectionId, "client timeout");
        }

        log.Add(context.Context.ConnectionId, "disconnected");
        return next(context, exception);
    }
}
