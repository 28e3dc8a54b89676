using System.Net;
using Imker.RequestFilter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Imker.Machine.Tests;

/// <summary>The sample: a web service whose filter is changed while it serves.</summary>
public sealed class RequestFilterSampleTests
{
    [Fact]
    public async Task A_filter_is_put_and_replaced_without_a_restart()
    {
        await using WebApplication app = RequestFilterApp.Create("http://127.0.0.1:0");
        await app.StartAsync(TestContext.Current.CancellationToken);
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        Assert.Equal(HttpStatusCode.OK, await Get(client, "/admin/users"));
        Assert.Equal("no_admin is the filter\n", await Put(client, "no-admin.bpf.o"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(client, "/admin/users"));
        Assert.Equal(HttpStatusCode.OK, await Get(client, "/shop"));

        Assert.Equal("small_posts is the filter\n", await Put(client, "small-posts.bpf.o"));
        Assert.Equal(HttpStatusCode.OK, await Get(client, "/admin/users"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(client, 1001));
        Assert.Equal(HttpStatusCode.OK, await Post(client, 1000));
        using HttpResponseMessage refused = await client.PutAsync("/filter", new ByteArrayContent([1, 2, 3]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(client, 1001));
    }

    private static async Task<HttpStatusCode> Get(HttpClient client, string path)
    {
        using HttpResponseMessage answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> Post(HttpClient client, int bytes)
    {
        using HttpResponseMessage answer = await client.PostAsync("/form", new ByteArrayContent(new byte[bytes]));
        return answer.StatusCode;
    }

    private static async Task<string> Put(HttpClient client, string filter)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "filters", filter));
        using HttpResponseMessage answer = await client.PutAsync("/filter", new ByteArrayContent(bytes));
        return await answer.Content.ReadAsStringAsync();
    }
}
