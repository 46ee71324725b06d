using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.Rest.Tests.Description;

/// <summary>A route that is not described fails here: give it a name, a summary, its answers, and what can go wrong (<c>Fails</c>).</summary>
public sealed partial class DescriptionTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-description-");
    private ServedIdentities _identities = null!;
    private WebApplication _web = null!;
    private OpenApiDocument _document = null!;

    public async Task InitializeAsync()
    {
        var request = new GatewayRequest([new GatewayIdentity(Username.Parse("alice"), _folder.FullName, Path.Combine(_folder.FullName, "api.sock"), null)]) { ProgramVersion = "1.2.3" };
        _identities = await ServedIdentities.OpenAsync(request);
        _web = GatewayWeb.Build(request, _identities);
        // The web framework knows routes from when it starts; without a network it listens on the socket alone.
        await _web.StartAsync();
        _document = await _web.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
    }

    [Fact]
    public void Every_route_is_described()
    {
        var routes = Routes().ToList();
        // A WebSocket over HTTP/2 is asked for by a method that OpenAPI does not have; the same route is described with the other.
        var hidden = routes.Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null && !MethodsOf(route).Contains("CONNECT")).Select(PathOf);

        Assert.All(hidden, path => Assert.True(path is "/" or "/openapi/v1.json" || path.StartsWith("/page/", StringComparison.Ordinal) || path.StartsWith("/docs", StringComparison.Ordinal), path));
        Assert.All(routes.Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null), IsDescribed);
    }

    [Fact]
    public void Every_problem_is_described()
    {
        var described = Operations().SelectMany(operation => operation.Responses!).SelectMany(response => CodesOf(response.Value).Select(code => (code, response.Key))).ToHashSet();
        // The framework tells these of addresses and methods that are none of these operations.
        var ofNone = new[] { ProblemCode.MethodNotAllowed };

        Assert.Equal(
            ProblemCode.All.Except(ofNone).Select(code => (code.Name, code.Status.ToString(System.Globalization.CultureInfo.InvariantCulture))).Order(), described.Order());
    }

    [Fact]
    public void It_names_no_address_and_needs_no_token_but_where_one_is_needed()
    {
        Assert.Equal(["/"], _document.Servers!.Select(server => server.Url));
        Assert.Equal("1.2.3", _document.Info.Version);
        Assert.All(Operations(), operation => Assert.Equal(operation.OperationId is not ("signIn" or "getLiveness" or "getReadiness"), operation.Security is { Count: > 0 }));
        Assert.Equal("bearer", Assert.Single(_document.Components!.SecuritySchemes!).Value.Scheme);
    }

    [Fact]
    public void Requests_are_closed_and_answers_are_open()
    {
        var schemas = _document.Components!.Schemas!;

        Assert.False(schemas["NewMessage"].AdditionalPropertiesAllowed);
        Assert.True(schemas["MessageView"].AdditionalPropertiesAllowed);
        Assert.DoesNotContain("failure", schemas["MessageView"].Required!);
        Assert.Equal("SendFailure", Assert.IsType<OpenApiSchemaReference>(schemas["MessageView"].Properties!["failure"]).Reference.Id);
        Assert.Equal(JsonSchemaType.String, schemas["MessageView"].Properties!["detail"].Type);
        Assert.Equal(JsonSchemaType.Integer | JsonSchemaType.Null, schemas["Disappearing"].Properties!["after_seconds"].Type);
        Assert.Contains("after_seconds", schemas["Disappearing"].Required!);
        Assert.Equal(JsonSchemaType.Integer, schemas["ContactView"].Properties!["disappear_after_seconds"].Type);
        Assert.DoesNotContain("disappear_after_seconds", schemas["ContactView"].Required!);
    }

    public async Task DisposeAsync()
    {
        await _web.StopAsync();
        await _identities.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void IsDescribed(RouteEndpoint route)
    {
        var method = Assert.Single(MethodsOf(route));
        var name = $"{method} {PathOf(route)}";
        Assert.True(_document.Paths.TryGetValue(PathOf(route), out var path) && path.Operations!.ContainsKey(HttpMethod.Parse(method)), $"{name} is not in the document");
        var operation = path!.Operations![HttpMethod.Parse(method)];
        Assert.False(string.IsNullOrEmpty(operation.Summary), $"{name} has no summary");
        Assert.False(string.IsNullOrEmpty(operation.OperationId), $"{name} has no name");
        Assert.True(operation.Tags is { Count: > 0 }, $"{name} has no tag");
        Assert.True(route.Metadata.GetMetadata<ProblemsOfRoute>() is not null, $"{name} does not say what can go wrong");
        Assert.Equal(route.Metadata.GetMetadata<IAllowAnonymous>() is null, operation.Security is { Count: > 0 });
        Assert.Contains(operation.Responses!, response => response.Key[0] is '1' or '2');
        Assert.All(operation.Responses!, response => Assert.True(response.Key is "204" or "101" || response.Value.Content is { Count: > 0 }, $"{name} has an answer {response.Key} without a schema"));
        Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.In == ParameterLocation.Path || !string.IsNullOrEmpty(parameter.Description), $"{name} has a parameter {parameter.Name} without a description"));
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods;

    private IEnumerable<RouteEndpoint> Routes() => ((IEndpointRouteBuilder)_web).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private IEnumerable<OpenApiOperation> Operations() => _document.Paths.Values.SelectMany(path => path.Operations!.Values);

    /// <summary>As the document writes it: without what is asked of a part of the path.</summary>
    private static string PathOf(RouteEndpoint route) => route.RoutePattern.RawText is "/" ? "/" : Constraint().Replace(route.RoutePattern.RawText!.TrimEnd('/'), "}");

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    private static IEnumerable<string> CodesOf(IOpenApiResponse response) =>
        response.Extensions?.TryGetValue(ProblemResponses.CodesExtension, out var codes) == true ? ((JsonNodeExtension)codes).Node.AsArray().Select(code => code!.GetValue<string>()) : [];
}
