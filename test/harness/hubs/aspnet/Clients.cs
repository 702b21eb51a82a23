using System.Collections.Concurrent;

namespace BoardServer;

/// <summary>All clients that have negotiated or connected, by the secret connection token in their requests.</summary>
internal sealed class Clients(ServerLog log)
{
    private const string Item = "board-server-client";
    private readonly ConcurrentDictionary<string, Client> clients = new();

    public Client Add(string connectionToken, string connectionId) => clients[connectionToken] = new Client(log, connectionId);

    /// <summary>Adds a client without an id, which has skipped the negotiation.</summary>
    public Client AddStranger() => Add(Guid.NewGuid().ToString(), "");

    public Client? Find(string connectionToken) => clients.GetValueOrDefault(connectionToken);

    /// <summary>All clients with an open connection, or only the one with this connection id.</summary>
    public IEnumerable<Client> With(string? connectionId) =>
        clients.Values.Where(client =>
            client.Connection is not null && (connectionId is null || client.ConnectionId == connectionId));

    /// <summary>
    /// From now on, commands and log ignore all clients that are known so far, so that the next test starts clean.
    /// </summary>
    public void Retire()
    {
        foreach (var client in clients.Values)
        {
            client.Retire();
        }
    }

    /// <summary>
    /// The client that sent this request; works also for the copy of the request that long polling passes to the hub.
    /// </summary>
    public static Client Of(HttpContext context) => (Client)context.Items[Item]!;

    public static void Remember(HttpContext context, Client client) => context.Items[Item] = client;
}
