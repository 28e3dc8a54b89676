using System.Text;
using Imker.Diagnostics;
using Imker.Machine;
using Imker.Objects;

namespace Imker.RequestFilter;

/// <summary>A service whose requests a program filters, which is changed without a restart: <c>PUT /filter</c> with an object file.</summary>
public static class RequestFilterApp
{
    /// <param name="address">Where it listens, such as <c>http://127.0.0.1:8080</c>.</param>
    public static WebApplication Create(string address)
    {
        // Whoever may put a filter is trusted less than the service: its code is checked, its constants are blinded.
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Checked, TrustsPrograms = false, Budget = 100_000 });
        var hook = new HookPoint<RequestContext>("requests", machine);
        HookAttachment? filter = null;

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add(address);
        app.Use(async (http, next) =>
        {
            RequestContext context = Describe(http.Request);
            ulong status = hook.Run(ref context);
            if (status is >= 400 and < 600)
                http.Response.StatusCode = (int)status;
            else
                await next(http);
        });
        app.MapPut("/filter", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            try
            {
                BpfObject source = BpfObjectReader.Read(body.ToArray(), "filter");
                if (filter is null)
                    filter = hook.Attach(source);
                else
                    hook.Replace(filter, source);
                return Results.Text($"{filter.Program.Name} is the filter\n");
            }
            catch (DiagnosticException e)
            {
                return Results.BadRequest(string.Join('\n', e.Diagnostics.Select(d => d.Message)));
            }
        });
        app.MapGet("/filter", () => Results.Text(filter is null ? "no filter\n" : $"{filter.Program.Name}, {filter.Faults} faults {filter.LastFault}\n"));
        app.MapFallback(() => Results.Text("served\n"));
        return app;
    }

    private static RequestContext Describe(HttpRequest request)
    {
        var context = new RequestContext { ContentLength = (ulong)(request.ContentLength ?? 0) };
        for (int i = 0; i < Math.Min(4, request.Method.Length); i++)
            context.Method |= (uint)(byte)request.Method[i] << (8 * i);
        Span<byte> path = context.Path;
        Encoding.UTF8.TryGetBytes(request.Path.Value.AsSpan()[..Math.Min(request.Path.Value!.Length, path.Length / 4)], path, out int length);
        context.PathLength = (uint)length;
        return context;
    }
}
