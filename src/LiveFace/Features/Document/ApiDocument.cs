using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LiveFace.Access;
using LiveFace.Features.Jobs;
using LiveFace.Features.Server;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace LiveFace.Features.Document;

/// <summary>
/// The HTTP interface as an OpenAPI document, and a page to read it. Both are as open as the pages: they hold what
/// docs/reference/protocol.md says and nothing of this server's.
/// </summary>
internal static class ApiDocument
{
    public const string RolesExtension = "x-roles";
    private const string Bearer = "key";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(RedactionPolicy)] = "Policy", [typeof(PolicyRule)] = "Rule", [typeof(RuleWhen)] = "When", [typeof(RuleHow)] = "How",
        [typeof(PolicyZone)] = "Zone", [typeof(PolicyWatermark)] = "Watermark", [typeof(PolicyFraming)] = "Framing", [typeof(PresetInfo)] = "Preset", [typeof(JobResultInfo)] = "JobResult",
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.CreateSchemaReferenceId = type => Names.GetValueOrDefault(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Guard(operation, context));
        options.AddOperationTransformer(async (operation, context, cancel) =>
        {
            foreach (var shape in context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestShape>())
                await shape.DescribeAsync(operation, context, cancel);
        });
        options.AddSchemaTransformer(SpellOutPolicyAsync);
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").OpenToAnyone();
        routes.MapScalarApiReference("/docs", ApiPage.Configure).OpenToAnyone();
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LiveFace", Version = "v1", Description = "Media sessions, rooms, policies and what the server offers; docs/reference/protocol.md has the whole.",
        };
        document.Servers = [];
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key or a share token; a server bound to its own machine asks for none.",
        });
        return Task.CompletedTask;
    }

    /// <summary>The endpoint's rule, as a security requirement and as the roles by name.</summary>
    private static Task Guard(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault() ?? AccessRule.Default;
        if (rule.Anyone)
            return Task.CompletedTask;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.AddExtension(RolesExtension, new JsonNodeExtension(new JsonArray([.. RoleNames.From(rule.Needed).Select(role => JsonValue.Create(role))])));
        return Task.CompletedTask;
    }

    /// <summary>A policy is written by <see cref="PolicyJsonConverter"/>, whose shape no schema exporter can see.</summary>
    private static async Task SpellOutPolicyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonTypeInfo.Type != typeof(RedactionPolicy))
            return;
        schema.Type = JsonSchemaType.Object;
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        var nullability = new NullabilityInfoContext();
        foreach (var property in typeof(RedactionPolicy).GetProperties().Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute))))
        {
            IOpenApiSchema member = await context.GetOrCreateSchemaAsync(property.PropertyType, parameterDescription: null, cancel);
            // A nullable value type says so by itself; a nullable reference does not.
            if (!property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.Nullable)
                member = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, member] };
            schema.Properties[context.JsonTypeInfo.Options.PropertyNamingPolicy!.ConvertName(property.Name)] = member;
        }
    }
}
