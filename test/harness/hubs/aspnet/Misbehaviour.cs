using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace BoardServer;

/// <summary>Misbehaviour that a test has set for the next requests.</summary>
internal sealed class Misbehaviour
{
    private readonly ConcurrentQueue<StandIn> negotiates = new();
    private readonly ConcurrentQueue<bool> forgotten = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StandIn>> transports = new();
    private readonly ConcurrentDictionary<string, StandIn> blocked = new();
    private readonly ConcurrentQueue<StandIn> sends = new();
    private readonly ConcurrentQueue<string> handshakeErrors = new();
    private readonly ConcurrentQueue<bool> connectedFailures = new();

    private TokenBucketRateLimiter? negotiateLimit;

    public TimeSpan NegotiateDelay { get; private set; }

    /// <summary>The transports that negotiate responses list; null for all that the server has.</summary>
    public string[]? OfferedTransports { get; private set; }

    /// <summary>Stores a command about future requests. Returns false for a command about open connections.</summary>
    public bool Prepare(ControlCommand command)
    {
        switch (command.Do)
        {
            case "answerNegotiates":
                Repeat(negotiates, StandIn.From(command), command.Count);
                return true;
            case "limitNegotiates":
                Limit(command.PerSecond ?? 10, command.Burst ?? 1);
                return true;
            case "delayNegotiates":
                NegotiateDelay = TimeSpan.FromMilliseconds(command.DelayMilliseconds ?? 0);
                return true;
            case "offerTransports":
                OfferedTransports = command.Transports;
                return true;
            case "forgetNegotiated":
                Repeat(forgotten, true, command.Count);
                return true;
            case "refuseUpgrades":
                Repeat(Of(TransportNames.WebSockets), StandIn.From(command), command.Count);
                return true;
            case "refuseTransports":
                Repeat(Of(command.Transport ?? ""), StandIn.From(command), command.Count);
                return true;
            case "blockTransports":
                Block(command);
                return true;
            case "refuseSends":
                Repeat(sends, StandIn.From(command), command.Count);
                return true;
            case "refuseHandshakes":
                Repeat(handshakeErrors, command.Error ?? "", command.Count);
                return true;
            case "failConnected":
                Repeat(connectedFailures, command.Greets ?? false, command.Count);
                return true;
            default:
                return false;
        }
    }

    public StandIn? NextNegotiate() => negotiates.TryDequeue(out var next) ? next : IsAboveLimit() ? TooMany : null;

    public bool NextIsForgotten() => forgotten.TryDequeue(out _);

    public StandIn? NextTransport(string name) =>
        Of(name).TryDequeue(out var next) ? next : blocked.GetValueOrDefault(name);

    public StandIn? NextSend() => sends.TryDequeue(out var next) ? next : null;

    public string? NextHandshakeError() => handshakeErrors.TryDequeue(out var next) ? next : null;

    /// <returns>Whether OnConnected sends a message before it throws; null if it doesn't throw.</returns>
    public bool? NextConnectedFailure() => connectedFailures.TryDequeue(out var greets) ? greets : null;

    public void Reset()
    {
        negotiates.Clear();
        negotiateLimit?.Dispose();
        negotiateLimit = null;
        forgotten.Clear();
        transports.Clear();
        blocked.Clear();
        sends.Clear();
        handshakeErrors.Clear();
        connectedFailures.Clear();
        NegotiateDelay = TimeSpan.Zero;
        OfferedTransports = null;
    }

    private static readonly StandIn TooMany = new(StatusCodes.Status429TooManyRequests, "", null);

    private bool IsAboveLimit() => negotiateLimit is { } limit && !limit.AttemptAcquire().IsAcquired;

    private void Limit(int perSecond, int burst)
    {
        negotiateLimit?.Dispose();
        negotiateLimit = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond / 10,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            AutoReplenishment = true,
        });
    }

    private ConcurrentQueue<StandIn> Of(string transport) => transports.GetOrAdd(transport, _ => new());

    private void Block(ControlCommand command)
    {
        blocked.Clear();
        foreach (var name in command.Transports ?? [])
        {
            blocked[name] = new StandIn(command.Status ?? StatusCodes.Status404NotFound, "", null);
        }
    }

    private static void Repeat<T>(ConcurrentQueue<T> queue, T value, int? count)
    {
        for (var i = 0; i < (count ?? 1); i++)
        {
            queue.Enqueue(value);
        }
    }
}

/// <summary>A response that replaces the normal one.</summary>
internal sealed record StandIn(int Status, string Body, int? RetryAfterSeconds)
{
    public static StandIn From(ControlCommand command) =>
        new(command.Status ?? 500, command.Body ?? "", command.RetryAfterSeconds);

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "text/plain";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }

        return response.WriteAsync(Body);
    }
}
