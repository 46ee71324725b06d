using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Registration;

namespace NesActors.Directory.Api;

/// <summary><c>POST /users</c>, with the statuses and the reasons of the original.</summary>
internal sealed class RegistrationApi(Registrar registrar)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/users", RegisterAsync);

    private async Task RegisterAsync(HttpContext context)
    {
        var request = RegistrationRequest.TryParse(await context.ReadBodyAsync().ConfigureAwait(false));
        var refusal = request is null ? Refusal.Request : await registrar.RegisterAsync(request, context.RequestAborted).ConfigureAwait(false);
        await (refusal is null ? Answer.UserCreated : Answer.Refused(refusal)).WriteAsync(context).ConfigureAwait(false);
    }
}
