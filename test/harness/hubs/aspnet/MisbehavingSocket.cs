using System.Net.WebSockets;
using System.Text;

namespace BoardServer;

/// <summary>Wraps the real socket, so that a test can cut or close it, silence it, or send something else on it.</summary>
internal sealed class MisbehavingSocket(WebSocket real, HttpContext context, Client client) : WebSocket
{
    /// <summary>SignalR sends one message at a time; our own sends must wait for them, too.</summary>
    private readonly SemaphoreSlim sending = new(1);

    private bool closeSent;

    /// <summary>Drops everything that SignalR sends from now on.</summary>
    private volatile bool dropped;

    public override WebSocketCloseStatus? CloseStatus => real.CloseStatus;

    public override string? CloseStatusDescription => real.CloseStatusDescription;

    public override WebSocketState State => real.State;

    public override string? SubProtocol => real.SubProtocol;

    /// <summary>Cuts the TCP connection. After an upgrade Kestrel can only abort it.</summary>
    public void Drop()
    {
        dropped = true;
        context.Abort();
    }

    public Task SendTextAsync(string text) =>
        UnlessGoneAsync(() => SendRealAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text));

    public Task CloseWithAsync(int code, string? reason) =>
        UnlessGoneAsync(() => CloseRealAsync((WebSocketCloseStatus)code, reason, default));

    /// <summary>
    /// Sends the message and closes in one step: otherwise the client's answer would make SignalR close the socket, too.
    /// </summary>
    public Task SendAndCloseAsync(byte[] message, bool binary) =>
        UnlessGoneAsync(async () =>
        {
            await SendRealAsync(message, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
            await CloseRealAsync(WebSocketCloseStatus.NormalClosure, "", default);
        });

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var result = await real.ReceiveAsync(buffer, cancellation);
        await client.Speaking.WaitAsync(cancellation);
        if (result.MessageType != WebSocketMessageType.Close)
        {
            client.Wire.Received(buffer.Span[..result.Count]);
        }

        return result;
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType type, bool end, CancellationToken cancellation) =>
        SendAsync(buffer.AsMemory(), type, end, cancellation).AsTask();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellation)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellation);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage, CloseStatus, CloseStatusDescription);
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType type, bool end, CancellationToken cancellation)
    {
        if (client.IsSilent || dropped)
        {
            return;
        }

        await ExclusivelyAsync(async () =>
        {
            if (!closeSent)
            {
                client.Wire.Sent(buffer.Span);
                await real.SendAsync(buffer, type, end, cancellation);
            }
        });
    }

    public override async Task CloseOutputAsync(WebSocketCloseStatus status, string? description, CancellationToken cancellation)
    {
        if (!client.IsSilent)
        {
            await ExclusivelyAsync(() => CloseRealAsync(status, description, cancellation));
        }
    }

    public override Task CloseAsync(WebSocketCloseStatus status, string? description, CancellationToken cancellation) =>
        real.CloseAsync(status, description, cancellation);

    public override void Abort() => real.Abort();

    public override void Dispose() => real.Dispose();

    private Task SendRealAsync(byte[] bytes, WebSocketMessageType type)
    {
        client.Wire.Sent(bytes);
        return real.SendAsync(bytes, type, true, default);
    }

    private Task CloseRealAsync(WebSocketCloseStatus status, string? description, CancellationToken cancellation)
    {
        if (closeSent)
        {
            return Task.CompletedTask;
        }

        closeSent = true;
        return real.CloseOutputAsync(status, description, cancellation);
    }

    /// <summary>A command goes to every socket that the server knows, and any of them may just have ended.</summary>
    private async Task UnlessGoneAsync(Func<Task> send)
    {
        try
        {
            await ExclusivelyAsync(send);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private async Task ExclusivelyAsync(Func<Task> send)
    {
        await sending.WaitAsync();
        try
        {
            await send();
        }
        finally
        {
            sending.Release();
        }
    }
}
