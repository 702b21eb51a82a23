using System.Text.Json.Nodes;

namespace BoardServer;

/// <summary>
/// Answers negotiate requests instead of SignalR or changes its answers when a test asked for it, and remembers the ids in
/// them.
/// </summary>
internal sealed class NegotiateMiddleware(RequestDelegate next, Misbehaviour misbehaviour, Clients clients, ServerLog log)
{
    private const string Suffix = "/negotiate";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.Value!.EndsWith(Suffix))
        {
            await next(context);
            return;
        }

        await Task.Delay(misbehaviour.NegotiateDelay, context.RequestAborted);
        if (misbehaviour.NextNegotiate() is { } standIn)
        {
            log.Add("", "negotiate refused", standIn.Status.ToString());
            await standIn.WriteAsync(context.Response);
            return;
        }

        var response = context.Response;
        var body = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        await next(context);
        response.Body = body;
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            await WriteAsync(response, JsonNode.Parse(answer.ToArray())!.AsObject(), context.Request.Path.Value![..^Suffix.Length]);
            return;
        }

        log.Add("", "negotiate refused", response.StatusCode.ToString());
        await body.WriteAsync(answer.ToArray());
    }

    private async Task WriteAsync(HttpResponse response, JsonObject answer, string path)
    {
        if ((string?)answer["connectionId"] is { } connectionId)
        {
            log.Add(connectionId, "negotiated", path);
            var client = clients.Add((string?)answer["connectionToken"] ?? connectionId, connectionId);
            client.Lost = misbehaviour.NextIsForgotten();
            Offer(answer["availableTransports"]!.AsArray());
        }
        else if ((string?)answer["url"] is { } url)
        {
            log.Add("", "redirected", url);
        }

        var text = answer.ToJsonString(WireFormat.Json);
        response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(text);
        await response.WriteAsync(text);
    }

    private void Offer(JsonArray transports)
    {
        if (misbehaviour.OfferedTransports is not { } offered)
        {
            return;
        }

        foreach (var left in transports.Where(transport => !offered.Contains((string?)transport!["transport"])).ToArray())
        {
            transports.Remove(left);
        }
    }
}
