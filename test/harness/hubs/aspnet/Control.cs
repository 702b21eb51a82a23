using System.Text;

namespace BoardServer;

/// <summary>Executes the command of a <c>POST /control</c>.</summary>
internal sealed class Control(Misbehaviour misbehaviour, Clients clients, ServerLog log)
{
    public async Task<IResult> ExecuteAsync(ControlCommand command)
    {
        if (misbehaviour.Prepare(command))
        {
            return Results.NoContent();
        }

        if (command.Do == "reset")
        {
            misbehaviour.Reset();
            clients.Retire();
            log.Clear();
            return Results.NoContent();
        }

        foreach (var client in clients.With(command.ConnectionId))
        {
            await ApplyAsync(command, client);
        }

        return Results.NoContent();
    }

    private static async Task ApplyAsync(ControlCommand command, Client client)
    {
        switch (command.Do)
        {
            case "dropSockets":
                client.Drop();
                break;
            case "closeSockets":
                await (client.Socket?.CloseWithAsync(command.Code ?? 1000, command.Reason) ?? EndAsync(client));
                break;
            case "sendClose":
                var close = WireFormat.Close(command.Error, command.AllowReconnect ?? false, client.Wire.IsBinary);
                await (client.Socket?.SendAndCloseAsync(close, client.Wire.IsBinary) ?? EndAsync(client, close));
                break;
            case "sendText":
                await (client.Socket?.SendTextAsync(command.Text ?? "") ?? WriteAsync(client, Encoding.UTF8.GetBytes(command.Text ?? "")));
                break;
            case "abort":
                client.Hub?.Abort();
                break;
            case "loseConnections":
                client.Lost = true;
                client.Drop();
                client.Hub?.Abort();
                break;
            case "goSilent":
                client.SetSilent(command.Silent ?? true);
                break;
            default:
                throw new BadHttpRequestException($"Unknown command '{command.Do}'.");
        }
    }

    /// <summary>Transports other than WebSockets are written to through the same pipe that the hub uses.</summary>
    private static async Task WriteAsync(Client client, byte[] bytes)
    {
        if (client.Connection is { } connection)
        {
            await connection.Transport.Output.WriteAsync(bytes);
        }
    }

    private static async Task EndAsync(Client client, byte[]? lastWords = null)
    {
        if (client.Connection is not { } connection)
        {
            return;
        }

        if (lastWords is not null)
        {
            await connection.Transport.Output.WriteAsync(lastWords);
        }

        await connection.Transport.Output.CompleteAsync();
        connection.Transport.Input.CancelPendingRead();
    }
}
