using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace BoardServer;

/// <summary>The log of what happened at the server, oldest entry first.</summary>
internal sealed class ServerLog
{
    private readonly ConcurrentQueue<LogEntry> entries = new();
    private readonly ConcurrentDictionary<string, bool> retired = new();

    public IEnumerable<LogEntry> Entries => entries;

    public void Add(string connectionId, string what, string? detail = null, HubMessageEnvelope? message = null)
    {
        if (retired.ContainsKey(connectionId))
        {
            return;
        }

        entries.Enqueue(
            new LogEntry(
                DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                connectionId,
                what,
                detail ?? message?.Description,
                message?.Type,
                message?.Target,
                message?.InvocationId,
                message?.SequenceId));
    }

    /// <summary>From now on this connection isn't logged.</summary>
    public void Retire(string connectionId) => retired[connectionId] = true;

    public void Clear() => entries.Clear();
}

internal sealed record LogEntry(
    long T,
    string ConnectionId,
    string Event,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InvocationId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? SequenceId);
