using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace BoardServer;

/// <summary>
/// Runs a connection with the hub options from the query of its URL:
/// <c>?keepAlive=500&amp;clientTimeout=2000&amp;handshakeTimeout=1000&amp;detailedErrors=1&amp;maximumMessage=1000&amp;statefulBuffer=1000&amp;parallelInvocations=1</c>.
/// </summary>
internal sealed class ConfiguredHub(IServiceProvider services, IOptions<HubOptions> defaults, LoggingHubFilter filter)
{
    /// <summary>
    /// A handler reads its options once and inspects the hub's methods, so connections with equal options share one.
    /// </summary>
    private readonly ConcurrentDictionary<(Type Hub, Wishes Wishes), ConnectionHandler> handlers = new();

    public async Task RunAsync<THub>(ConnectionContext connection)
        where THub : Hub
    {
        var request = connection.GetHttpContext()!;
        var client = Clients.Of(request);
        client.Runs(connection);
        var handler = handlers.GetOrAdd((typeof(THub), Wishes.From(request.Request.Query)), key => CreateHandler<THub>(key.Wishes));
        try
        {
            await handler.OnConnectedAsync(connection);
        }
        finally
        {
            client.Ended();
        }
    }

    /// <summary>The groups are in the lifetime manager, which all handlers of a hub share.</summary>
    private HubConnectionHandler<THub> CreateHandler<THub>(Wishes wishes)
        where THub : Hub =>
        // The second argument, the options of this hub, would override the first.
        ActivatorUtilities.CreateInstance<HubConnectionHandler<THub>>(
            services, Options.Create(OptionsFor(wishes)), Options.Create(new HubOptions<THub>()));

    private HubOptions OptionsFor(Wishes wishes)
    {
        var configured = defaults.Value;
        var options = new HubOptions
        {
            KeepAliveInterval = wishes.KeepAlive ?? configured.KeepAliveInterval,
            ClientTimeoutInterval = wishes.ClientTimeout ?? configured.ClientTimeoutInterval,
            HandshakeTimeout = wishes.HandshakeTimeout ?? configured.HandshakeTimeout,
            EnableDetailedErrors = wishes.DetailedErrors,
            SupportedProtocols = configured.SupportedProtocols,
            MaximumReceiveMessageSize = wishes.MaximumMessage ?? configured.MaximumReceiveMessageSize,
            StreamBufferCapacity = configured.StreamBufferCapacity,
            StatefulReconnectBufferSize = wishes.StatefulBuffer ?? configured.StatefulReconnectBufferSize,
            // AskClient waits for a client result inside a hub method, so the client needs more than the default of 1 parallel
            // invocation.
            MaximumParallelInvocationsPerClient = wishes.ParallelInvocations ?? 8,
        };
        options.AddFilter(filter);
        return options;
    }

    private sealed record Wishes(
        TimeSpan? KeepAlive,
        TimeSpan? ClientTimeout,
        TimeSpan? HandshakeTimeout,
        bool DetailedErrors,
        int? MaximumMessage,
        int? StatefulBuffer,
        int? ParallelInvocations)
    {
        public static Wishes From(IQueryCollection query) =>
            new(
                query.Milliseconds("keepAlive"),
                query.Milliseconds("clientTimeout"),
                query.Milliseconds("handshakeTimeout"),
                query["detailedErrors"] == "1",
                query.Positive("maximumMessage"),
                query.Positive("statefulBuffer"),
                query.Positive("parallelInvocations"));
    }
}

/// <summary>Numbers in a hub's URL. Anything but a positive number is ignored.</summary>
internal static class QueryNumbers
{
    public static int? Positive(this IQueryCollection query, string name) =>
        int.TryParse(query[name], out var value) && value > 0 ? value : null;

    public static TimeSpan? Milliseconds(this IQueryCollection query, string name) =>
        query.Positive(name) is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
