using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace BoardServer;

/// <summary>
/// The hubs and their paths. Options such as the timeout of a poll belong to an endpoint, so there is one
/// endpoint for every requested <c>?longPollTimeout=</c>.
/// </summary>
// Doesn't use app.MapHub, which reads the hub options once for all connections: here the hub's URL may set them.
internal sealed class HubEndpoints(IServiceProvider services, ConfiguredHub hub, Misbehaviour misbehaviour, ServerLog log)
{
    private static readonly TimeSpan UsualPollTimeout = new HttpConnectionDispatcherOptions().LongPolling.PollTimeout;

    private readonly ConcurrentDictionary<TimeSpan, RequestDelegate> pipelines = new();
    private readonly Lock building = new();

    public Task RunAsync(HttpContext context)
    {
        var timeout = context.Request.Query.Milliseconds("longPollTimeout") ?? UsualPollTimeout;
        return (pipelines.TryGetValue(timeout, out var known) ? known : BuildOnce(timeout))(context);
    }

    // Endpoints are added to a list that all pipelines share and that isn't thread-safe.
    private RequestDelegate BuildOnce(TimeSpan longPollTimeout)
    {
        lock (building)
        {
            return pipelines.GetOrAdd(longPollTimeout, Build);
        }
    }

    private RequestDelegate Build(TimeSpan longPollTimeout)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpoints(endpoints =>
        {
            IEndpointConventionBuilder Map<THub>(string path, Action<HttpConnectionDispatcherOptions>? configure = null)
                where THub : Hub
            {
                var options = new HttpConnectionDispatcherOptions();
                options.LongPolling.PollTimeout = longPollTimeout;
                configure?.Invoke(options);
                var run = HandshakeRefusal.Before(hub.RunAsync<THub>, misbehaviour, log);
                return endpoints.MapConnections(path, options, connections => connections.Use(_ => run));
            }

            Map<BoardHub>("/hubs/board");
            Map<ChatHub>("/hubs/chat");
            Map<BoardHub>("/hubs/stateful", options => options.AllowStatefulReconnects = true);
            Map<BoardHub>("/hubs/no-sockets", options => options.Transports &= ~HttpTransportType.WebSockets);
            Map<BoardHub>("/hubs/secure", options => options.CloseOnAuthenticationExpiration = true)
                .RequireAuthorization(TestTokens.Policy);
            Map<BoardHub>(Redirect.ServicePath, options => options.AllowStatefulReconnects = true)
                .RequireAuthorization(TestTokens.Policy);
            endpoints.MapPost("/hubs/redirected/negotiate", Redirect.Negotiate);
        });
        return app.Build();
    }
}
