using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NesActors.FrontEnd.Rest.Sending;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary>What the schemas cannot know by themselves: our own converters, and that a member that is null is left out.</summary>
internal sealed class SchemaCorrections : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (type.IsEnum) schema.Type = JsonSchemaType.String;
        if (type == typeof(Recipients))
        {
            var name = new OpenApiSchema { Type = JsonSchemaType.String };
            schema.OneOf = [name, new OpenApiSchema { Type = JsonSchemaType.Array, Items = name, MinItems = 1, MaxItems = SendOrder.MaxRecipients }];
        }
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.IsGetNullable && property.AttributeProvider?.IsDefined(typeof(JsonRequiredAttribute), inherit: false) != true) schema.Required?.Remove(property.Name);
        }
        return Task.CompletedTask;
    }
}
