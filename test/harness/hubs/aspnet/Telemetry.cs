using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BoardServer;

/// <summary>Sends the server's own spans to a collector, if the setting "otlp" names one.</summary>
internal static class Telemetry
{
    public static void Register(WebApplicationBuilder builder)
    {
        if (builder.Configuration["otlp"] is not { } collector)
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("board-server"))
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server")
                .AddOtlpExporter(exporter =>
                {
                    exporter.Endpoint = new Uri($"{collector}/v1/traces");
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    // A test waits for them.
                    exporter.ExportProcessorType = ExportProcessorType.Simple;
                }));
    }

    /// <summary>The server's spans don't say whose they are. With this they can be found beside what the browser says of a connection.</summary>
    public static void NameConnection(HubCallerContext connection) =>
        Activity.Current?.SetTag("hubscope.connection_id", connection.ConnectionId);
}
