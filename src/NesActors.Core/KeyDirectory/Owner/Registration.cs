using System.Net;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>Registers keys under a name.</summary>
internal sealed class Registration(DirectoryConnection connection)
{
    /// <inheritdoc cref="HttpKeyDirectory.RegisterAsync"/>
    public async Task<RegistrationResult> RegisterAsync(Username user, string email, PublicRecord keys, RsaPrivateKey? signKey, CancellationToken cancellation)
    {
        if (email.Any(char.IsControl)) return new RegistrationResult.Refused("email validation error");
        if (signKey is null) return await SendAsync(user, email, keys, null, cancellation).ConfigureAwait(false);
        return await connection.StandingAsync(cancellation).ConfigureAwait(false) switch
        {
            DirectoryStanding.Proving proving => await SendAsync(user, email, keys, signKey.SignPss(
                Statements.Register(proving.Directory, user, email, OwnerKeys.DigestsOf(keys))), cancellation).ConfigureAwait(false),
            DirectoryStanding.Plain => await SendAsync(user, email, keys, null, cancellation).ConfigureAwait(false),
            DirectoryStanding.Untrusted untrusted => new RegistrationResult.Untrusted(untrusted.Detail),
            DirectoryStanding.Unavailable unavailable => new RegistrationResult.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A directory has no other standing."),
        };
    }

    private async Task<RegistrationResult> SendAsync(Username user, string email, PublicRecord keys, byte[]? signature, CancellationToken cancellation)
    {
        var body = RequestBody.Create(json =>
        {
            json.WriteString("username", user.Value);
            json.WriteString("email", email);
            json.WriteKeys(keys);
            if (signature is not null) json.WriteSignature("signature", signature);
        });
        return await connection.SendAsync(HttpMethod.Post, "/users", body, cancellation).ConfigureAwait(false) switch
        {
            HttpExchange.Answered { Status: HttpStatusCode.Created } => new RegistrationResult.Registered(),
            HttpExchange.Answered answer when HttpText.IsRefusal(answer.Status) => new RegistrationResult.Refused(HttpText.Reason(connection.Address, answer)),
            HttpExchange.Answered answer => new RegistrationResult.Unavailable(HttpText.Describe(connection.Address, answer.Status)),
            HttpExchange.Failed failed => new RegistrationResult.Unavailable(failed.Detail),
            _ => new RegistrationResult.Unavailable(HttpText.TooLarge(connection.Address)),
        };
    }
}
