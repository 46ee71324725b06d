using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary><c>/openapi/v1.json</c>: what this API is, for programs and for those who write them (OpenAPI 3.1). It holds no secret and is served to anybody; it is made once.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi/v1.json";

    private const string Name = "v1";

    /// <summary>What the web host must know before it is built.</summary>
    public static void AddTo(IServiceCollection services, string version) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer(new SchemaCorrections());
        options.AddOperationTransformer(new ProblemResponses());
        options.AddOperationTransformer((operation, _, _) =>
        {
            // The text as it is, and no JSON.
            if (operation.RequestBody?.Content?.TryGetValue(SendBody.Plain, out var plain) == true) plain.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Complete(document, version);
            return Task.CompletedTask;
        });
    });

    /// <returns>The document, which is made when it is asked for first.</returns>
    public static Lazy<Task<string>> Map(IEndpointRouteBuilder routes)
    {
        var made = new Lazy<Task<string>>(() => MakeAsync(routes.ServiceProvider));
        routes.MapGet(Path, async Task<ContentHttpResult> (CancellationToken _) => TypedResults.Content(await made.Value.ConfigureAwait(false), MediaTypeNames.Application.Json)).AllowAnonymous().ExcludeFromDescription();
        return made;
    }

    private static async Task<string> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(CancellationToken.None).ConfigureAwait(false);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1).ConfigureAwait(false);
    }

    private static void Complete(OpenApiDocument document, string version)
    {
        document.Info = new OpenApiInfo { Title = "NesActors", Version = version.Length > 0 ? version : Name, Description = "Sends and reads end-to-end encrypted messages in a person's name." };
        // Wherever this was read from: the addresses that the server knows of itself are not for others.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Authentication.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token: `nes tokens create` makes one. It belongs to one identity." },
        };
        (document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>())[ProblemResponses.SchemaName] = ProblemSchema();
        OpenAnswers(document);
    }

    /// <summary>What a request has that is not known is refused; answers may have more members one day, and leave out those that would be null.</summary>
    private static void OpenAnswers(OpenApiDocument document)
    {
        var bodies = (from path in document.Paths.Values
                      from operation in path.Operations!.Values
                      where operation.RequestBody is not null
                      from content in operation.RequestBody!.Content!.Values
                      select (content.Schema as OpenApiSchemaReference)?.Reference.Id).ToHashSet();
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (schema is not OpenApiSchema answer || bodies.Contains(name)) continue;
            answer.AdditionalPropertiesAllowed = true;
            foreach (var (member, value) in answer.Properties?.ToList() ?? []) answer.Properties![member] = WithoutNull(value);
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema value) return schema;
        if (value.OneOf?.SingleOrDefault(one => one.Type != JsonSchemaType.Null) is { } only) return only;
        value.Type &= ~JsonSchemaType.Null;
        return value;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong (RFC 9457). There may be other members.",
        Required = new HashSet<string> { "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Always about:blank"),
            ["title"] = Text("The same for all problems of a code"),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The status of HTTP" },
            ["detail"] = Text("What went wrong with this request, for a person"),
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What went wrong, for programs; others may come", Examples = [.. ProblemCode.All.Select(code => (JsonNode)code.Name)] },
            ["message_id"] = Text("The message that failed, where there is one"),
            ["to"] = Text("To whom it was to go"),
            ["trace_id"] = Text("Names this request"),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
