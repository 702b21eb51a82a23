using System.Runtime.CompilerServices;
using MessagePack;
using Microsoft.AspNetCore.SignalR;

namespace BoardServer;

/// <summary>The hub that every test server has; the embedded server has the same in TypeScript.</summary>
public class BoardHub : Hub
{
    public object? Echo(object? value) => value;

    public double Add(double a, double b) => a + b;

    public string WhoAmI() => Context.ConnectionId;

    public void Fail(string text) => throw new HubException(text);

    public void Crash() => throw new InvalidOperationException("The board fell over.");

    public void AbortMe() => Context.Abort();

    public Task Delay(int milliseconds) => Task.Delay(milliseconds, Context.ConnectionAborted);

    public Task JoinBoard(string board) => Groups.AddToGroupAsync(Context.ConnectionId, board);

    public Task LeaveBoard(string board) => Groups.RemoveFromGroupAsync(Context.ConnectionId, board);

    public Task Say(string board, string user, string text) =>
        Clients.Group(board).SendAsync("messageReceived", user, text, Now());

    public Task<object?> AskClient(string question) =>
        Clients.Caller.InvokeAsync<object?>("answer", question, Context.ConnectionAborted);

    public async IAsyncEnumerable<int> Counter(
        int count, int delayMilliseconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (count < 0)
        {
            throw new HubException("The count must not be negative.");
        }

        for (var n = 0; n < count; n++)
        {
            yield return n;
            await Task.Delay(delayMilliseconds, cancellation);
        }
    }

    public async IAsyncEnumerable<Tick> Ticks(
        string symbol, int intervalMilliseconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var price = FirstPrice(symbol); ; price = NextPrice(price))
        {
            yield return new Tick(symbol, price, Now());
            await Task.Delay(intervalMilliseconds, cancellation);
        }
    }

    public async Task<double> Sum(IAsyncEnumerable<double> numbers)
    {
        var total = 0.0;
        await foreach (var number in numbers)
        {
            total += number;
        }

        return total;
    }

    public async Task Flood(int count, int size)
    {
        var filler = new string('x', size);
        for (var index = 0; index < count; index++)
        {
            await Clients.Caller.SendAsync("flood", index, filler, Context.ConnectionAborted);
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static double FirstPrice(string symbol) => 20 + symbol.Sum(letter => letter * 7) % 200;

    private static double NextPrice(double price) =>
        Math.Max(1, Math.Round(price + Random.Shared.NextDouble() - 0.5, 2));
}

/// <summary>The same methods under another name, so that a page can use two hubs whose groups don't mix.</summary>
public class ChatHub : BoardHub;

/// <summary>Sets the names in camel case for MessagePack, which, unlike JSON, would keep the C# names.</summary>
[MessagePackObject]
public record Tick(
    [property: Key("symbol")] string Symbol, [property: Key("price")] double Price, [property: Key("at")] long At);
