using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Operating;

public sealed class DescriptionTests
{
    private static readonly string[] Methods = ["get", "head", "put", "post", "delete", "patch", "options", "trace"];

    [Fact]
    public async Task The_description_lists_exactly_what_is_mapped()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var description = await ReadAsync(directory);
        var described = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)).Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        // What takes every method is there to refuse the wrong ones.
        var mapped = directory.Server.Routes.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}") ?? []);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whatever_the_description_refers_to_is_there()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var description = await ReadAsync(directory);
        Assert.Equal("3.1.0", description.RootElement.GetProperty("openapi").GetString());
        Assert.All(References(description.RootElement), reference =>
        {
            var at = description.RootElement;
            foreach (var name in reference.Split('/').Skip(1)) at = at.GetProperty(name);
        });
    }

    private static async Task<JsonDocument> ReadAsync(TestDirectory directory) =>
        JsonDocument.Parse(await directory.Http.GetStringAsync(new Uri("openapi.json", UriKind.Relative)));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
