using System.Net;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>The links that a directory sends by mail: what they do, and doing it without a browser. Made by <see cref="HttpKeyDirectory.Links"/>.</summary>
public sealed class DirectoryLinks
{
    private readonly DirectoryConnection _connection;

    internal DirectoryLinks(DirectoryConnection connection) => _connection = connection;

    /// <summary>Tells what a link would do; it does not follow it.</summary>
    public async Task<LinkResult> LookAsync(Uri link, CancellationToken cancellation)
    {
        if (PathOf(link) is not { } path) return new LinkResult.Refused(NotOurs(link));
        return await _connection.StandingAsync(cancellation).ConfigureAwait(false) switch
        {
            DirectoryStanding.Proving => Read(
                await _connection.SendAsync(HttpMethod.Get, path.Text, null, cancellation, accept: "application/json").ConfigureAwait(false), path.User),
            DirectoryStanding.Plain => new LinkResult.Plain(),
            DirectoryStanding.Untrusted untrusted => new LinkResult.Untrusted(untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => new LinkResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A directory has no other standing."),
        };
    }

    /// <summary>Does what the link is for.</summary>
    public async Task<OwnerResult> FollowAsync(Uri link, CancellationToken cancellation)
    {
        if (PathOf(link) is not { } path) return new OwnerResult.Refused(NotOurs(link));
        return await _connection.StandingAsync(cancellation).ConfigureAwait(false) switch
        {
            DirectoryStanding.Proving => await SendAsync(HttpMethod.Post, path.Text, cancellation).ConfigureAwait(false),
            // The original knows nothing else.
            DirectoryStanding.Plain => await SendAsync(HttpMethod.Get, path.Text, cancellation).ConfigureAwait(false),
            DirectoryStanding.Untrusted untrusted => new OwnerResult.Untrusted(untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => new OwnerResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A directory has no other standing."),
        };
    }

    private async Task<OwnerResult> SendAsync(HttpMethod method, string path, CancellationToken cancellation) =>
        OwnerAnswer.Read(_connection.Address, await _connection.SendAsync(method, path, null, cancellation).ConfigureAwait(false));

    /// <summary>What stands behind the directory's address: <c>/users/NAME/TOKEN</c>. A token is told to nobody else.</summary>
    private (string Text, Username User)? PathOf(Uri link)
    {
        if (!link.IsAbsoluteUri || !_connection.Holds(link) || link.Query.Length > 0 || link.Fragment.Length > 0 || link.UserInfo.Length > 0) return null;
        var segments = link.AbsolutePath.Split('/');
        if (segments is not [.., "users", var name, var token] || !Username.TryParse(name, out var user)) return null;
        if (token.Length is 0 or > 128 || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=')) return null;
        var text = $"/users/{name}/{token}";
        return link.AbsoluteUri.TrimEnd('/') == _connection.Address.AbsoluteUri.TrimEnd('/') + text ? (text, user) : null;
    }

    private string NotOurs(Uri link) => $"this is no link of the key directory {_connection.Address}: {SafeLine.Of(link.IsAbsoluteUri ? link.GetLeftPart(UriPartial.Authority) : "")}";

    private LinkResult Read(HttpExchange exchange, Username user) => exchange switch
    {
        HttpExchange.Answered { Status: HttpStatusCode.OK } answer => StrictJson.TryRead(answer.Body, json => Read(json, user))
            ?? (LinkResult)new LinkResult.Untrusted($"{_connection.Address.Authority} does not say what the link does"),
        HttpExchange.Answered { Status: HttpStatusCode.NotFound } or HttpExchange.Answered { Status: HttpStatusCode.Gone } =>
            new LinkResult.Refused(HttpText.Reason(_connection.Address, (HttpExchange.Answered)exchange)),
        HttpExchange.Answered answer => new LinkResult.Unavailable(HttpText.Describe(_connection.Address, answer.Status)),
        HttpExchange.Failed failed => new LinkResult.Unavailable(failed.Detail),
        _ => new LinkResult.Untrusted(HttpText.TooLarge(_connection.Address)),
    };

    private static LinkResult.Known? Read(JsonElement json, Username user)
    {
        if (json.GetProperty("user").GetString() != user.Value) return null;
        LinkAction? action = json.GetProperty("action").GetString() switch
        {
            "activate" => LinkAction.Activate,
            "delete" => LinkAction.Delete,
            "recover" => LinkAction.Recover,
            "cancel" => LinkAction.Cancel,
            _ => null,
        };
        DateTimeOffset? until = json.TryGetProperty("until", out var time) && time.ValueKind != JsonValueKind.Null ? DateTimeOffset.FromUnixTimeMilliseconds(time.GetInt64()) : null;
        return action is { } known ? new LinkResult.Known(user, known, until) : null;
    }
}
