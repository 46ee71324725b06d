using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary>Adds to each operation of the document what can go wrong with it, by status, and whether it needs a token.</summary>
internal sealed class ProblemResponses : IOpenApiOperationTransformer
{
    /// <summary>The name of the schema of problems.</summary>
    public const string SchemaName = "Problem";

    /// <summary>The member of a response that lists the codes for programs.</summary>
    public const string CodesExtension = "x-problem-codes";

    private static readonly ProblemCode[] OfAny = [ProblemCode.HostNotAllowed, ProblemCode.OriginNotAllowed, ProblemCode.RateLimited, ProblemCode.InternalError];
    private static readonly ProblemCode[] OfTokens = [ProblemCode.Unauthorized, ProblemCode.Forbidden];
    private static readonly ProblemCode[] OfBodies = [ProblemCode.InvalidRequest, ProblemCode.RequestTimeout, ProblemCode.TooLarge, ProblemCode.UnsupportedMediaType];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var needsToken = metadata.OfType<IAuthorizeData>().Any();
        if (needsToken) operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Authentication.SchemeName, context.Document)] = [] }];
        IEnumerable<ProblemCode> codes = [.. OfAny, .. needsToken ? OfTokens : [], .. operation.RequestBody is null ? [] : OfBodies, .. metadata.OfType<ProblemsOfRoute>().SelectMany(named => named.Codes)];
        operation.Responses ??= [];
        foreach (var status in codes.Distinct().GroupBy(code => code.Status).OrderBy(group => group.Key))
            operation.Responses.TryAdd(status.Key.ToString(CultureInfo.InvariantCulture), Response([.. status], context.Document));
        return Task.CompletedTask;
    }

    private static OpenApiResponse Response(IReadOnlyList<ProblemCode> codes, OpenApiDocument? document) => new()
    {
        Description = string.Join("; ", codes.Select(code => $"`{code.Name}`: {code.Title}")),
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(SchemaName, document) } },
        Headers = codes.Contains(ProblemCode.RateLimited)
            ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeader { Description = "After how many seconds to try again", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } }
            : null,
        Extensions = new Dictionary<string, IOpenApiExtension> { [CodesExtension] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => JsonValue.Create(code.Name))])) },
    };
}
