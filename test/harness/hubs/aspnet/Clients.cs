using System.Collections.Concurrent;

namespace BoardServer;

/// <summary>Everyone who has negotiated or connected, by the secret token in their requests.</summary>
internal sealed class Clients(ServerLog log)
{
    private const string Item = "board-server-client";
    private readonly ConcurrentDictionary<string, Client> clients = new();

    public Client Add(string connectionToken, string connectionId) => clients[connectionToken] = new Client(log, connectionId);

    /// <summary>For a client without an id, which has skipped the negotiation.</summary>
    public Client AddStranger() => Add(Guid.NewGuid().ToString(), "");

    public Client? Find(string connectionToken) => clients.GetValueOrDefault(connectionToken);

    /// <summary>Those whose connection is open, or the one with this connection id.</summary>
    public IEnumerable<Client> With(string? connectionId) =>
        clients.Values.Where(client =>
            client.Connection is not null && (connectionId is null || client.ConnectionId == connectionId));

    /// <summary>What all who are known so far still do is not for whoever comes next.</summary>
    public void Retire()
    {
        foreach (var client in clients.Values)
        {
            client.Retire();
        }
    }

    /// <summary>Whose request this is, also for the copy of it that long polling gives to the hub.</summary>
    public static Client Of(HttpContext context) => (Client)context.Items[Item]!;

    public static void Remember(HttpContext context, Client client) => context.Items[Item] = client;
}
