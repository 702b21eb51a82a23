using BlazorServer.Components;
using Microsoft.AspNetCore.DataProtection;

// What `dotnet new blazor -int Server` makes, with settings from the command line.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.WebHost.UseStaticWebAssets();
builder.Logging.ClearProviders();
var settings = builder.Configuration;
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents(circuits =>
    {
        circuits.DetailedErrors = settings.GetValue("detailedErrors", false);
        circuits.DisconnectedCircuitMaxRetained =
            settings.GetValue("maxRetained", circuits.DisconnectedCircuitMaxRetained);
        circuits.DisconnectedCircuitRetentionPeriod =
            settings.GetValue("retention", circuits.DisconnectedCircuitRetentionPeriod);
        circuits.PersistedCircuitInMemoryMaxRetained =
            settings.GetValue("maxPersisted", circuits.PersistedCircuitInMemoryMaxRetained);
    })
    .AddHubOptions(hub => hub.KeepAliveInterval = settings.GetValue("keepAlive", hub.KeepAliveInterval));

// As on a real machine, a restarted server can read the circuit ids of the server before it.
builder.Services.AddDataProtection()
    .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "keys")));

var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.Single()}");
await app.WaitForShutdownAsync();
