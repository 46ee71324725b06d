using System.Net;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Api;

namespace NesActors.FrontEnd.Rest.Access.Limits;

/// <summary>
/// How often somebody may ask: each token at the rate of the settings, and each address at the same one where no token is given. Who comes by a socket may ask as often as they like. Behind that
/// each address may be wrong about tokens and codes only so often: more of it costs nothing but a short answer. One who has a good token is never kept out by others of the same address.
/// </summary>
internal sealed class RequestLimits
{
    /// <summary>A person mistypes; a program that tries tokens has 256 bits to guess.</summary>
    private const int Wrong = 20;

    private static readonly TimeSpan WrongInterval = TimeSpan.FromSeconds(3);

    /// <summary>Many more than are busy at once; the table forgets those that were not lately.</summary>
    private const int Tokens = 4096, Addresses = 65_536;

    private readonly bool _areEnforced;
    private readonly TokenBuckets<string> _tokens;
    private readonly TokenBuckets<ClientAddress> _addresses;
    private readonly TokenBuckets<ClientAddress> _wrong;

    /// <exception cref="GatewayException">A limit lets nothing through.</exception>
    public RequestLimits(GatewayLimits limits, TimeProvider clock)
    {
        if (limits.Rate < 1 || limits.Burst < 1 || limits.Streams < 1) throw new GatewayException("the limits of a token (requests a second, requests at once, streams) are 1 at least");
        _areEnforced = limits.AreEnforced;
        var interval = TimeSpan.FromSeconds(1) / limits.Rate;
        _tokens = new TokenBuckets<string>(limits.Burst, interval, clock, Tokens);
        _addresses = new TokenBuckets<ClientAddress>(limits.Burst, interval, clock, Addresses);
        _wrong = new TokenBuckets<ClientAddress>(Wrong, WrongInterval, clock, Addresses);
    }

    /// <summary>Behind authentication: counts a request, and refuses it where there were too many.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => TryTake(context, out var retryAfter)
        ? next(context)
        : Problem.WriteAsync(context, ProblemCode.RateLimited, "Too many requests in a short time.", retryAfter);

    /// <summary>Counts something that a caller asks for on a connection that is already there.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="retryAfter">Where it is too much: how long until it is not.</param>
    public bool TryTake(Caller caller, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        return !_areEnforced || caller.Token is not { } token || _tokens.TryTake(token.Id, out retryAfter);
    }

    /// <summary>Counts a token or a code that was wrong, or missing.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="retryAfter">Where it was too often: how long until it is not.</param>
    public bool TryBeWrong(IPAddress? address, out TimeSpan retryAfter) => _wrong.TryTake(ClientAddress.Of(address), out retryAfter);

    private bool TryTake(HttpContext context, out TimeSpan retryAfter)
    {
        if (context.Features.Get<Caller>() is { } caller) return TryTake(caller, out retryAfter);
        retryAfter = TimeSpan.Zero;
        return !_areEnforced || _addresses.TryTake(ClientAddress.Of(context.Connection.RemoteIpAddress), out retryAfter);
    }
}
