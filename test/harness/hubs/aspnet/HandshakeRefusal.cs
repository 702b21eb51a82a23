using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace BoardServer;

/// <summary>Answers handshakes with an error when a test asked for it, before the hub receives them.</summary>
internal static class HandshakeRefusal
{
    public static ConnectionDelegate Before(ConnectionDelegate next, Misbehaviour misbehaviour, ServerLog log) =>
        connection => misbehaviour.NextHandshakeError() is { } error ? RefuseAsync(connection, error, log) : next(connection);

    private static async Task RefuseAsync(ConnectionContext connection, string error, ServerLog log)
    {
        var input = connection.Transport.Input;
        for (var read = await input.ReadAsync(); read.Buffer.PositionOf((byte)WireFormat.RecordSeparator) is null;)
        {
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            read = await input.ReadAsync();
        }

        log.Add(connection.ConnectionId, "handshake refused", error);
        await connection.Transport.Output.WriteAsync(WireFormat.TextMessage(new { error }));
    }
}
