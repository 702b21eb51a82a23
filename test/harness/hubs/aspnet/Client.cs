using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;

namespace BoardServer;

/// <summary>One client: its ids, and the socket, stream or poll that carries its connection at the moment.</summary>
internal sealed class Client
{
    private readonly ServerLog log;
    private readonly Lock naming = new();
    private TaskCompletionSource speaking = Completed();
    private string? transport;
    private bool dropsNextPoll;

    public Client(ServerLog log, string connectionId)
    {
        this.log = log;
        ConnectionId = connectionId;
        Wire = new WireLog(log, () => ConnectionId);
    }

    /// <summary>Empty for a client that has skipped the negotiation, until its connection has started.</summary>
    public string ConnectionId { get; private set; }

    public WireLog Wire { get; }

    /// <summary>The server behaves as if this client were unknown.</summary>
    public bool Lost { get; set; }

    /// <summary>This client is from before the last reset: commands don't affect it, and it isn't logged.</summary>
    public bool IsRetired { get; private set; }

    public MisbehavingSocket? Socket { get; private set; }

    /// <summary>The open event stream, or the waiting poll.</summary>
    public HttpContext? Request { get; set; }

    public ConnectionContext? Connection { get; private set; }

    public HubCallerContext? Hub { get; set; }

    public bool IsSilent => !speaking.Task.IsCompleted;

    /// <summary>Completed, except while the server must send nothing to the client.</summary>
    public Task Speaking => speaking.Task;

    public void SetSilent(bool silent)
    {
        if (silent == IsSilent)
        {
            return;
        }

        if (silent)
        {
            speaking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        else
        {
            speaking.SetResult();
        }
    }

    public void Retire()
    {
        SetSilent(false);
        lock (naming)
        {
            IsRetired = true;
            if (ConnectionId != "")
            {
                log.Retire(ConnectionId);
            }
        }
    }

    public void Connected(string name, MisbehavingSocket? socket = null)
    {
        Socket = socket;
        Wire.StartOver();
        SetSilent(false);
        lock (naming)
        {
            if (ConnectionId != "")
            {
                log.Add(ConnectionId, transport is null ? "transport connected" : "transport resumed", name);
            }

            transport = name;
        }
    }

    /// <summary>A poll came. The first one connects; the second may come before the hub knows of the connection.</summary>
    public void Polls()
    {
        lock (naming)
        {
            if (transport != TransportNames.LongPolling)
            {
                Connected(TransportNames.LongPolling);
            }
        }
    }

    /// <summary>A resumed connection may already have another socket when the end of its first one is noticed.</summary>
    public void SocketClosed(MisbehavingSocket socket, int code)
    {
        if (Socket == socket)
        {
            Socket = null;
        }

        log.Add(ConnectionId, "socket closed", code.ToString());
        Closed();
    }

    public void Closed() => log.Add(ConnectionId, "transport closed", transport);

    public void Runs(ConnectionContext connection)
    {
        Connection = connection;
        lock (naming)
        {
            if (IsRetired)
            {
                log.Retire(connection.ConnectionId);
            }

            if (ConnectionId == "" && transport is not null)
            {
                log.Add(connection.ConnectionId, "transport connected", transport);
            }

            ConnectionId = connection.ConnectionId;
        }
    }

    /// <summary>Cuts the TCP connection; between two polls there is none, so then the next poll is cut.</summary>
    public void Drop()
    {
        Socket?.Drop();
        Request?.Abort();
        dropsNextPoll = Request is null && transport == TransportNames.LongPolling;
    }

    /// <summary>Whether to cut the poll that has just arrived.</summary>
    public bool TakeDrop()
    {
        var drops = dropsNextPoll;
        dropsNextPoll = false;
        return drops;
    }

    public void Ended()
    {
        if (transport == TransportNames.LongPolling)
        {
            Closed();
        }

        Connection = null;
        Hub = null;
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}

internal static class TransportNames
{
    public const string WebSockets = nameof(WebSockets);
    public const string ServerSentEvents = nameof(ServerSentEvents);
    public const string LongPolling = nameof(LongPolling);
}
