using Microsoft.AspNetCore.Builder;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary>What can go wrong with a route, beside what can with any.</summary>
/// <param name="Codes">The problems.</param>
internal sealed record ProblemsOfRoute(IReadOnlyList<ProblemCode> Codes);

/// <summary>Describes routes.</summary>
internal static class RouteDescription
{
    /// <summary>Names what can go wrong with a route, or with those of a group. What follows from a route's scope and body is known without being named.</summary>
    public static TBuilder Fails<TBuilder>(this TBuilder routes, params ProblemCode[] codes) where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new ProblemsOfRoute(codes));
}
